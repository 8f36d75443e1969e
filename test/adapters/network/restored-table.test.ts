import { DeleteItemCommand, PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CommitLog } from '../../../lib/adapters/network/commit-log.ts';
import { NetworkSession } from '../../../lib/adapters/network/network-session.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { bodyPrefix, flaggedPrefix, rejectedPrefix, versionInKey } from '../../../lib/core/cloud/object-keys.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import type { UserState } from '../../../lib/core/network/network-detector.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { DAY, DEFAULTS, inOrder, textsOf } from '../../cloud/memory-cloud.ts';
import { detect, sampleLines, SHARD, USERS } from '../../cloud/sample-events.ts';
import { openLocalTable, type LocalTable } from '../state/local-table.ts';

/** Records of ten lines each; the table is restored to the moment between the third and the fourth. */
const LINES = sampleLines(120);
const [RESTORED_TO, CHECKPOINT, END] = [3, 9, 12];

let local: LocalTable;

beforeAll(async () => {
  local = await openLocalTable();
});

afterAll(async () => local.close());

function linesOf(from: number, to: number): string[] {
  return LINES.slice(10 * from, 10 * to);
}

function record(number: number): ArrivedRecord {
  const data = Buffer.from([...linesOf(number, number + 1), `no event ${number}`].join('\n'));
  return { ...readRecord(data), shard: SHARD, sequenceNumber: String(number + 1), at: Date.UTC(2026, 0, 1, number) };
}

/** The table and the buckets of a stack whose table can be brought back as it was. */
class Restorable {
  readonly output = new MemoryObjectStore();
  readonly journal = new MemoryObjectStore();
  readonly #table: string;
  #tokens = 0;

  private constructor(table: string) {
    this.#table = table;
  }

  static async create(): Promise<Restorable> {
    return new Restorable(await local.create());
  }

  get state(): DynamoStateStore {
    return new DynamoStateStore({ client: local.client, table: this.#table });
  }

  get log(): CommitLog {
    return new CommitLog({ state: this.state, journal: this.journal, defaults: DEFAULTS, keptPurchases: 0 });
  }

  open(): NetworkSession {
    return new NetworkSession(DEFAULT_NETWORK, {
      log: this.log,
      stores: { state: this.state, output: this.output },
      newToken: () => String(++this.#tokens).padStart(8, 't'),
      now: () => 1,
      sleep: async () => {},
      flushEvery: 2,
      mostUsers: 1000,
      retentionMs: DAY,
    });
  }

  async items(): Promise<Record<string, AttributeValue>[]> {
    return (await local.client.send(new ScanCommand({ TableName: this.#table }))).Items ?? [];
  }

  async restore(items: readonly Record<string, AttributeValue>[]): Promise<void> {
    for (const { pk, sk } of await this.items()) {
      await local.client.send(new DeleteItemCommand({ TableName: this.#table, Key: { pk: pk!, sk: sk! } }));
    }
    for (const Item of items) await local.client.send(new PutItemCommand({ TableName: this.#table, Item }));
  }

  /** As the runbook says: what the commits after the restored head have left is moved away. */
  async setAside(): Promise<void> {
    const { version } = await this.log.head(DEFAULT_NETWORK);
    for (const [bucket, prefix] of [
      [this.output, flaggedPrefix(DEFAULT_NETWORK)],
      [this.output, rejectedPrefix(DEFAULT_NETWORK)],
      [this.journal, bodyPrefix(DEFAULT_NETWORK)],
      [this.journal, 'redriven/'],
    ] as const) {
      const keys = Object.keys(await textsOf(bucket, prefix));
      await bucket.remove(keys.filter((key) => prefix === 'redriven/' || versionInKey(key)! > version));
    }
  }

  async flagged(): Promise<string> {
    return Object.values(await textsOf(this.output, flaggedPrefix(DEFAULT_NETWORK))).join('');
  }

  async rejected(): Promise<string[]> {
    const lines = Object.values(await textsOf(this.output, rejectedPrefix(DEFAULT_NETWORK))).join('');
    return Array.from(lines.matchAll(/"no event \d+"/g), ([line]) => line);
  }

  async users(): Promise<(UserState | undefined)[]> {
    await this.open().flush();
    const stored = await this.state.readUsers(await this.log.head(DEFAULT_NETWORK), USERS);
    return USERS.map((id) => inOrder(stored.get(id)?.state));
  }
}

type Span = readonly [from: number, to: number];

async function applyAll(session: NetworkSession, [from, to]: Span, batch = 1): Promise<void> {
  for (let at = from; at < to; at += batch) {
    await session.apply(Array.from({ length: Math.min(batch, to - at) }, (_, index) => record(at + index)));
  }
}

/** A stack that came to the checkpoint, and whose table has been restored to long before. */
async function restored(): Promise<{ stack: Restorable; warm: NetworkSession }> {
  const stack = await Restorable.create();
  const warm = stack.open();
  await applyAll(warm, [0, RESTORED_TO]);
  const backup = await stack.items();
  await applyAll(warm, [RESTORED_TO, CHECKPOINT], 3);
  await stack.restore(backup);
  return { stack, warm };
}

const WHOLE = detect({ parameters: DEFAULTS }, LINES);
const NONE_REJECTED_TWICE = Array.from({ length: END }, (_, number) => `"no event ${number}"`);

describe('a state table that was restored to an earlier moment', () => {
  test('lacks what came from then to the checkpoint of the stream for good, if the stream just goes on', async () => {
    const { stack } = await restored();
    await applyAll(stack.open(), [CHECKPOINT, END]);
    const holed = detect({ parameters: DEFAULTS }, [...linesOf(0, RESTORED_TO), ...linesOf(CHECKPOINT, END)]);
    expect(await stack.users()).toEqual(holed.users);
    expect(holed.users).not.toEqual(WHOLE.users);
    // What comes again now is below the position of the shard.
    expect(await stack.open().apply([record(RESTORED_TO)])).toMatchObject({ events: 0, commit: undefined });
  });

  test.each([
    ['from the moment itself', RESTORED_TO],
    ['from the oldest record', 0],
  ])('ends as if nothing had happened where the stream is read again %s, in another batch', async (_, from) => {
    const { stack } = await restored();
    await stack.setAside();
    await applyAll(stack.open(), [from, END], END);
    expect(await stack.users()).toEqual(WHOLE.users);
    expect(await stack.flagged()).toBe(WHOLE.flagged);
    expect(await stack.rejected()).toEqual(NONE_REJECTED_TWICE);
  });

  test('tells things twice where the outputs of the lost commits are left', async () => {
    const { stack } = await restored();
    await applyAll(stack.open(), [RESTORED_TO, END], END);
    expect(await stack.users()).toEqual(WHOLE.users);
    expect((await stack.rejected()).length).toBeGreaterThan(END);
  });

  test('is not taken by a function that is still warm for what it knows', async () => {
    const { stack, warm } = await restored();
    const other = stack.open();
    await stack.setAside();
    // In smaller batches the other one comes past the version that the warm one is at, and not as far in the stream.
    await applyAll(other, [RESTORED_TO, RESTORED_TO + 3]);
    await applyAll(warm, [RESTORED_TO + 3, END]);
    expect(await stack.users()).toEqual(WHOLE.users);
    expect(await stack.flagged()).toBe(WHOLE.flagged);
    expect(await stack.rejected()).toEqual(NONE_REJECTED_TWICE);
  });

  test('is filled by the warm function alone likewise', async () => {
    const { stack, warm } = await restored();
    await stack.setAside();
    await applyAll(warm, [RESTORED_TO, END]);
    expect(await stack.users()).toEqual(WHOLE.users);
    expect(await stack.flagged()).toBe(WHOLE.flagged);
    expect(await stack.rejected()).toEqual(NONE_REJECTED_TWICE);
  });

  test('lets what is given up afterwards be put back once', async () => {
    const { stack } = await restored();
    await stack.setAside();
    const session = stack.open();
    await applyAll(session, [RESTORED_TO, RESTORED_TO + 1]);
    await applyAll(session, [RESTORED_TO + 2, END]);
    const givenUp = [record(RESTORED_TO), record(RESTORED_TO + 1)];
    expect(await stack.open().redrive(givenUp, { isDryRun: false })).toMatchObject({ putBack: 11, applied: 11 });
    expect(await stack.open().redrive(givenUp, { isDryRun: false })).toMatchObject({ putBack: 0, applied: 22 });
  });
});
