import type { KinesisStreamEvent, S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import { BatchLog } from '../../../functions/batch-log/batch-log.ts';
import { Housekeeping } from '../../../functions/housekeeping/housekeeping.ts';
import { LiveEvents } from '../../../functions/live-events/live-events.ts';
import { redriveNetworks } from '../../../functions/live-events/redrive-networks.ts';
import { StreamLog } from '../../../functions/stream-log/stream-log.ts';
import { changeParameters } from '../../../lib/adapters/network/change-parameters.ts';
import { CommitLog } from '../../../lib/adapters/network/commit-log.ts';
import { NetworkSession, type SessionOptions } from '../../../lib/adapters/network/network-session.ts';
import type { ObjectStore } from '../../../lib/adapters/objects/object-store.ts';
import { S3ObjectStore, type S3ObjectStoreOptions } from '../../../lib/adapters/objects/s3-object-store.ts';
import { DynamoStateStore, type DynamoStateStoreOptions } from '../../../lib/adapters/state/dynamo-state-store.ts';
import type { StateStore } from '../../../lib/adapters/state/state-store.ts';
import { KinesisEventStream } from '../../../lib/adapters/stream/kinesis-event-stream.ts';
import { erase, type EraseEvent } from '../../../functions/erase/erase.ts';
import { DynamoErasureStore } from '../../../lib/adapters/erasure/dynamo-erasure-store.ts';
import { Eraser } from '../../../lib/adapters/erasure/eraser.ts';
import { MemorySubscriptionStore } from '../../../lib/adapters/live/memory-subscription-store.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { MemorySeriesStore } from '../../../lib/adapters/series/memory-series-store.ts';
import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { MemoryUserStore } from '../../../lib/adapters/transactions/memory-user-store.ts';
import { dropOf } from '../../../lib/adapters/uploads.ts';
import type { RedriveRequest } from '../../../lib/core/operations/redrive.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import type { PlannedChange, ScenarioSettings } from '../scenario/scenario.ts';
import { LONGEST_INVOCATION_MS, type Handler } from '../world/lambda.ts';
import type { Sandbox } from '../world/sandbox.ts';
import { INPUT_BUCKET, JOURNAL_BUCKET, OUTPUT_BUCKET, type World } from '../world/world.ts';
import { wiredClients, type Clients } from './clients.ts';

/** What the functions are made of; a planted mistake replaces some of it. */
export interface Parts {
  readonly clients: (clients: Clients) => Clients;
  readonly stores: (options: StoreOptions) => Stores;
  readonly openSession: (network: NetworkName, options: SessionOptions) => NetworkSession;
  readonly redrive: typeof redriveNetworks;
}

export interface StoreOptions {
  readonly table: DynamoStateStoreOptions;
  readonly output: S3ObjectStoreOptions;
  readonly journal: S3ObjectStoreOptions;
}

export interface Stores {
  readonly state: StateStore;
  readonly output: ObjectStore;
  readonly journal: ObjectStore;
}

export const RIGHT_PARTS: Parts = {
  clients: (clients) => clients,
  stores: ({ table, output, journal }) => ({
    state: new DynamoStateStore(table),
    output: new S3ObjectStore(output),
    journal: new S3ObjectStore(journal),
  }),
  openSession: (network, options) => new NetworkSession(network, options),
  redrive: redriveNetworks,
};

interface Started {
  readonly world: World;
  readonly sandbox: Sandbox;
  readonly settings: ScenarioSettings;
  readonly parts: Parts;
}

/** Starts a function in a sandbox, as its handler does on a cold start. */
export function startFunction(name: string, started: Started): Handler {
  const start = FUNCTIONS[name as keyof typeof FUNCTIONS];
  return start(connect(started));
}

function ignore(): void {
  // Nobody listens.
}

const FUNCTIONS = {
  'live-events': ({ options }: Connected) => {
    const liveEvents = new LiveEvents({ ...options, onApplied: ignore, onFailed: ignore });
    return async (event: KinesisStreamEvent) => liveEvents.handle(event);
  },
  'redrive-live-events':
    ({ options, redrive }: Connected) =>
    async (request: RedriveRequest) =>
      redrive(request, { ...options, onFailed: ignore }),
  'batch-log': ({ options, remainingMs }: Connected) => {
    const batchLog = new BatchLog(options);
    return async (event: S3ObjectCreatedNotificationEvent) => batchLog.handle(dropOf(event), remainingMs);
  },
  'stream-log': ({ options, remainingMs }: Connected) => {
    const streamLog = new StreamLog(options);
    return async (event: S3ObjectCreatedNotificationEvent) => streamLog.handle(dropOf(event), remainingMs);
  },
  erase: ({ options, remainingMs }: Connected) => {
    const eraser = new Eraser(options);
    return async (event: EraseEvent) =>
      erase('target' in event ? event : { source: 'aws.events' }, remainingMs, { eraser, now: options.now });
  },
  housekeeping: ({ options }: Connected) => {
    const housekeeping = new Housekeeping({ ...options, onFailed: ignore });
    return async () => housekeeping.run();
  },
  parameters:
    ({ options }: Connected) =>
    async ({ network, ...change }: PlannedChange) =>
      changeParameters(network as NetworkName, change, options),
};

type Connected = ReturnType<typeof connect>;

function connect({ world, sandbox, settings, parts }: Started) {
  const { wire, clock, draws } = world;
  const clients = parts.clients(wiredClients(world, sandbox));
  const now = (): number => clock.now + sandbox.skewMs;
  const sleep = async (milliseconds: number): Promise<void> => wire.sleep(sandbox, milliseconds);
  const newToken = (): string =>
    draws
      .below(2 ** 40)
      .toString(36)
      .padStart(8, '0');
  const bucket = (name: string): S3ObjectStoreOptions => ({ client: clients.s3, bucket: name });
  const { state, output, journal } = parts.stores({
    table: { client: clients.dynamo, table: 'state', sleep, random: () => draws.unit(), writes: 4 },
    output: bucket(OUTPUT_BUCKET),
    journal: bucket(JOURNAL_BUCKET),
  });
  const log = new CommitLog({ state, journal, ...settings });
  const stores = { state, output };
  const stream = new KinesisEventStream({ client: clients.kinesis, streamName: 'events', sleep });
  const base = { ...settings, state, output, journal, log, stores, stream, now, sleep, newToken };
  return {
    redrive: parts.redrive,
    remainingMs: () => (sandbox.busySince ?? 0) + LONGEST_INVOCATION_MS - clock.now,
    options: {
      ...base,
      ...nobodyElse(),
      erasures: new DynamoErasureStore({ client: clients.dynamo, table: 'state', sleep, random: () => draws.unit() }),
      input: new S3ObjectStore(bucket(INPUT_BUCKET)),
      openSession: (network: NetworkName) => parts.openSession(network, base),
    },
  };
}

/** What there is beside networks: nothing. */
function nobodyElse() {
  const ledger = {
    users: new MemoryUserStore(),
    transactions: new MemoryTransactionStore(),
    output: new MemoryObjectStore(),
  };
  return { ledger, series: new MemorySeriesStore(), subscriptions: new MemorySubscriptionStore() };
}
