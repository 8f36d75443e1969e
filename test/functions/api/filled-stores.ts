import { LiveEvents } from '../../../functions/live-events/live-events.ts';
import type { ApiStores } from '../../../lib/adapters/connect-api.ts';
import { MemoryTicketStore } from '../../../lib/adapters/live/memory-ticket-store.ts';
import { CommitLog } from '../../../lib/adapters/network/commit-log.ts';
import { NetworkSession } from '../../../lib/adapters/network/network-session.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { MemorySeriesStore } from '../../../lib/adapters/series/memory-series-store.ts';
import { MemoryStateStore } from '../../../lib/adapters/state/memory-state-store.ts';
import { MemoryTallyStore } from '../../../lib/adapters/transactions/memory-tally-store.ts';
import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { MemoryUserStore } from '../../../lib/adapters/transactions/memory-user-store.ts';
import { ModelStore } from '../../../lib/adapters/transactions/model-store.ts';
import { TransactionCounter } from '../../../lib/adapters/transactions/transaction-counter.ts';
import { TransactionLedger } from '../../../lib/adapters/transactions/transaction-ledger.ts';
import { WORLD } from '../../../lib/adapters/world.ts';
import { CHUNK_POINTS } from '../../../lib/core/series-cloud/series-head.ts';
import { connectedHead, disconnectedHead, newHead } from '../../../lib/core/series-cloud/new-head.ts';
import type { StoredPoint } from '../../../lib/core/series-cloud/stored-point.ts';
import { readTransactions } from '../../../lib/core/transactions-cloud/transaction-lines.ts';
import { kinesisEvent, sampleLines } from '../../cloud/sample-events.ts';
import { DEFAULTS } from '../../cloud/memory-cloud.ts';
import { quietPoint } from '../../core/series-cloud/stored-points.ts';
import { NOON, STRICT, transactionText } from '../../core/transactions-cloud/sample-transactions.ts';

const DAY_MS = 24 * 60 * 60_000;
const LATER = Date.UTC(2100, 0, 1);

/** Stores in memory, all empty. */
export function memoryStores(): ApiStores {
  const state = new MemoryStateStore();
  const journal = new MemoryObjectStore();
  return {
    state,
    log: new CommitLog({ state, journal, defaults: DEFAULTS, keptPurchases: 0 }),
    output: new MemoryObjectStore(),
    transactions: new MemoryTransactionStore(),
    users: new MemoryUserStore(),
    tallies: new MemoryTallyStore(),
    models: new ModelStore(journal),
    series: new MemorySeriesStore(),
    tickets: new MemoryTicketStore(),
    detector: 'enhanced',
  };
}

/** Has the detectors write into the stores, as they do when they run. */
export class Detectors {
  readonly #stores: ApiStores;
  readonly #liveEvents: LiveEvents;
  #records = 0;
  #transactions = 0;

  constructor(stores: ApiStores) {
    this.#stores = stores;
    const { state, log } = stores;
    const session = { ...WORLD, now: () => NOON + 700, log, stores: { state, output: this.#stores.output } };
    const limits = { flushEvery: 2, mostUsers: 1000, retentionMs: DAY_MS };
    this.#liveEvents = new LiveEvents({
      openSession: (network) => new NetworkSession(network, { ...session, ...limits }),
      mostUsers: 1000,
      onApplied: () => undefined,
      onFailed: (_, error) => {
        throw new Error('a batch failed', { cause: error });
      },
    });
  }

  /** About one in seven of the events of a network is flagged. */
  async takeEvents(network: string, count: number): Promise<void> {
    const sequenceNumber = ++this.#records;
    const lines = sampleLines(count, sequenceNumber).map((line) =>
      JSON.stringify(Object.assign(JSON.parse(line) as object, { network })),
    );
    await this.#liveEvents.handle(kinesisEvent([{ sequenceNumber, lines }]));
  }

  /** Every fourth is an anomaly. */
  async takeTransactions(count: number): Promise<void> {
    const { users, transactions, tallies } = this.#stores;
    const times = { now: () => NOON + 900, sleep: WORLD.sleep, retentionMs: DAY_MS, keptMs: 9000 * DAY_MS };
    const ledger = new TransactionLedger({
      ...times,
      stores: { users, transactions, output: this.#stores.output },
      mostUsers: 1000,
    });
    const data = Buffer.from(Array.from({ length: count }, () => this.#transaction()).join('\n'));
    const record = { shard: 's1', sequenceNumber: String(++this.#records), at: NOON, data };
    const { byUser } = readTransactions([record]);
    const { outcomes } = await ledger.apply(byUser, STRICT);
    const counter = new TransactionCounter({ tallies, transactions, now: times.now });
    await counter.count({ shard: 's1', lines: [...byUser.values()].flat(), malformed: [], outcomes });
  }

  /** A client with so many points, every tenth an anomaly. */
  async takeSeries(client: string, count: number, isConnected = true): Promise<void> {
    const { series } = this.#stores;
    const connecting = { client, window: 20, limits: 'calibrated', owner: '', now: NOON } as const;
    const connected = { ...connecting, connection: { id: `c-${client}`, at: NOON } };
    const points = Array.from({ length: count }, (_, place): StoredPoint => {
      return quietPoint(place, { anomaly: place % 10 === 9, score: place % 10 === 9 ? 0.75 : 0.25 });
    });
    const chunks = Math.floor(count / CHUNK_POINTS);
    const head = {
      ...connectedHead(newHead(connected, `born-${client}`), connected),
      version: 1,
      commit: 'one',
      chunks,
      tail: points.slice(chunks * CHUNK_POINTS),
      anomalies: Math.floor(count / 10),
    };
    for (let index = 0; index < chunks; index++) {
      const own = points.slice(index * CHUNK_POINTS, (index + 1) * CHUNK_POINTS);
      await series.writeChunk(head, { index, points: own, latest: 0 }, LATER);
    }
    const known = await series.readClient(client);
    await series.writeHead(isConnected ? head : disconnectedHead(head), known?.head, LATER);
    await series.listClient(client, 'all', LATER);
    if (isConnected) await series.listClient(client, 'active', LATER);
  }

  #transaction(): string {
    const number = this.#transactions++;
    return transactionText(`t-${number}`, {
      user_id: `user-${number % 5}`,
      amount: number % 4 === 3 ? String(1000 + number) : `${10 + (number % 7)}.50`,
      timestamp: `2026-11-${String(10 + (number % 8)).padStart(2, '0')} 10:00:${String(number % 60).padStart(2, '0')}`,
      merchant_category: ['groceries', 'fuel', 'travel'][number % 3],
      location: ['DE', 'FR'][number % 2],
      payment_method: ['card', 'transfer'][number % 2],
      ...(number % 2 === 0 && { device: 'd-1', merchant: 'Market' }),
    });
  }
}

/** Stores with something of everything. */
export async function filledStores(stores: ApiStores = memoryStores()) {
  const detectors = new Detectors(stores);
  await detectors.takeEvents('shop', 150);
  await detectors.takeEvents('club', 90);
  await detectors.takeEvents('shop', 60);
  await detectors.takeTransactions(120);
  await detectors.takeSeries('meter', 200);
  await detectors.takeSeries('pump', 3);
  await detectors.takeSeries('valve', 40, false);
  return { stores, detectors };
}
