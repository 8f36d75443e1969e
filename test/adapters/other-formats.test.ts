import { PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeParameters } from '../../lib/adapters/network/change-parameters.ts';
import { CommitLog } from '../../lib/adapters/network/commit-log.ts';
import { NetworkSession } from '../../lib/adapters/network/network-session.ts';
import { MemoryObjectStore } from '../../lib/adapters/objects/memory-object-store.ts';
import { DynamoSeriesStore } from '../../lib/adapters/series/dynamo-series-store.ts';
import { DynamoStateStore } from '../../lib/adapters/state/dynamo-state-store.ts';
import { DynamoTallyStore } from '../../lib/adapters/transactions/dynamo-tally-store.ts';
import { storedTransaction, transactionItem } from '../../lib/adapters/transactions/transaction-item.ts';
import { readRecord } from '../../lib/core/cloud/record-lines.ts';
import { EMPTY_TALLY } from '../../lib/core/cloud/tally.ts';
import { UnreadableStateError } from '../../lib/core/cloud/unreadable-state-error.ts';
import { DEFAULT_NETWORK } from '../../lib/core/network/network-name.ts';
import { connectedHead, newHead } from '../../lib/core/series-cloud/new-head.ts';
import { DAY, DEFAULTS, textsOf } from '../cloud/memory-cloud.ts';
import { sampleLines, SHARD } from '../cloud/sample-events.ts';
import { flagsOf, headOf, loadOf, SHOP } from '../contracts/state-samples.ts';
import { quietPoint } from '../core/series-cloud/stored-points.ts';
import { lineOf, storedOf } from '../core/transactions-cloud/sample-transactions.ts';
import { openLocalTable, type LocalTable } from './state/local-table.ts';

type Item = Record<string, AttributeValue>;

let local: LocalTable;

beforeAll(async () => {
  local = await openLocalTable();
});

afterAll(async () => local.close());

const FORMATS = [
  ['an earlier', 0],
  ['a later', 2],
] as const;

function refusalOf(what: string, format: number): UnreadableStateError {
  return new UnreadableStateError(what, `its format is ${format}, this version of Flagstone reads format 1`);
}

async function itemsIn(table: string): Promise<Item[]> {
  return (await local.client.send(new ScanCommand({ TableName: table }))).Items ?? [];
}

/** As this version wrote it, but for its format: that of the document, or the first byte. */
function inFormat(format: number, { S: text, B: bytes = new Uint8Array() }: AttributeValue): AttributeValue {
  if (text !== undefined) return { S: documentInFormat(format, text) };
  const isDocument = bytes[0] === '{'.charCodeAt(0);
  return {
    B: isDocument
      ? Buffer.from(documentInFormat(format, Buffer.from(bytes).toString()))
      : Uint8Array.from(bytes).with(0, format),
  };
}

function documentInFormat(format: number, text: string): string {
  return text.replace('"format":1', `"format":${format}`);
}

/** Gives an attribute of the items of this sort key another format, and says how many there are. */
async function reformat(table: string, [sk, attribute]: readonly [RegExp, string], format: number): Promise<number> {
  const items = (await itemsIn(table)).filter((item) => sk.test(item['sk']!.S!) && item[attribute] !== undefined);
  for (const item of items) {
    const changed = { ...item, [attribute]: inFormat(format, item[attribute]!) };
    await local.client.send(new PutItemCommand({ TableName: table, Item: changed }));
  }
  return items.length;
}

interface Stored {
  readonly what: string;
  /** Which items, by their sort key, and which attribute of them tells the format. */
  readonly place: readonly [sortKey: RegExp, attribute: string];
  readonly write: (table: string) => Promise<unknown>;
  readonly read: (table: string) => Promise<unknown>;
  /** A write on the condition that nothing is there, as of who has read nothing. */
  readonly writeAnew?: (table: string) => Promise<boolean>;
}

const state = (table: string) => new DynamoStateStore({ client: local.client, table });
const tallies = (table: string) => new DynamoTallyStore({ client: local.client, table });
const series = (table: string) => new DynamoSeriesStore({ client: local.client, table });

const LATER = Date.UTC(2100, 0, 1);
const CONNECTING = { client: 'a', window: 5, limits: 'calibrated', owner: '', now: 1 } as const;
const SERIES = {
  ...connectedHead(newHead({ ...CONNECTING, connection: { id: 'c', at: 1 } }, 'born'), {
    ...CONNECTING,
    connection: { id: 'c', at: 1 },
  }),
  version: 1,
};
const ENTRY = { to: 'c', source: 's', sequence: 4, content: { kind: 'fault', reason: 'bad' } } as const;
const CHUNK = { index: 0, points: [quietPoint(1)], latest: 1000 };
const CHECKPOINT = { place: 32, window: 5, limits: 'calibrated', saved: Uint8Array.of(1) } as const;
const TALLY = { shard: 's1', position: '7', tally: EMPTY_TALLY };

const KINDS: readonly Stored[] = [
  {
    what: 'head of a network',
    place: [/^head$/, 'd'],
    write: (table) => state(table).writeHead(headOf(1)),
    read: (table) => state(table).readHead(SHOP),
    writeAnew: (table) => state(table).writeHead(headOf(1)),
  },
  {
    what: 'state of a load',
    place: [/^load$/, 'd'],
    write: (table) => state(table).writeLoad(loadOf('t'), undefined),
    read: (table) => state(table).readLoad(SHOP),
    writeAnew: (table) => state(table).writeLoad(loadOf('u'), undefined),
  },
  {
    what: 'progress of a log',
    place: [/^progress$/, 'd'],
    write: (table) => state(table).writeProgress('s', 7),
    read: (table) => state(table).readProgress('s'),
  },
  {
    what: 'flag',
    place: [/^0{11}5\//, 'd'],
    write: (table) => state(table).writeFlags(flagsOf(SHOP, 5, 1)),
    read: (table) => state(table).readFlags(SHOP, 10),
  },
  {
    what: 'tally of a shard',
    place: [/^s1$/, 'd'],
    write: (table) => tallies(table).write(TALLY, undefined),
    read: (table) => tallies(table).read('s1'),
    writeAnew: (table) => tallies(table).write(TALLY, undefined),
  },
  {
    what: 'head of a series',
    place: [/^h$/, 'd'],
    write: (table) => series(table).writeHead(SERIES, undefined, LATER),
    read: (table) => series(table).readClient('a'),
    writeAnew: (table) => series(table).writeHead(SERIES, undefined, LATER),
  },
  {
    what: 'points of a series',
    place: [/^h$/, 'p'],
    write: (table) => series(table).writeHead(SERIES, undefined, LATER),
    read: (table) => series(table).readClient('a'),
    writeAnew: (table) => series(table).writeHead(SERIES, undefined, LATER),
  },
  {
    what: 'points of a series',
    place: [/^\d+$/, 'p'],
    write: (table) => series(table).writeChunk(SERIES, CHUNK, LATER),
    read: (table) => series(table).readChunk(SERIES, 0),
  },
  {
    what: 'checkpoint of a series',
    place: [/^c$/, 'd'],
    write: (table) => series(table).writeCheckpoint(SERIES, CHECKPOINT, LATER),
    read: (table) => series(table).readCheckpoint(SERIES),
  },
  {
    what: 'waiting message',
    place: [/^i\//, 'd'],
    write: (table) => series(table).park('a', { key: 'k', entry: ENTRY }, LATER),
    read: (table) => series(table).readParked('a'),
  },
];

describe.each(KINDS)('a stored $what ($place)', ({ what, place, write, read, writeAnew }) => {
  test.each(FORMATS)('in %s format is refused, and stays as it is', async (_, format) => {
    const table = await local.create();
    await write(table);
    await read(table);
    expect(await reformat(table, place, format)).toBe(1);
    const before = await itemsIn(table);
    await expect(read(table)).rejects.toThrow(refusalOf(what, format));
    expect((await writeAnew?.(table)) ?? false).toBe(false);
    expect(await itemsIn(table)).toEqual(before);
  });
});

test.each(FORMATS)('a stored transaction in %s format is refused', (_, format) => {
  const item = transactionItem(storedOf(lineOf('a'))[0]!);
  expect(() => storedTransaction(item)).not.toThrow();
  expect(() => storedTransaction({ ...item, format: { N: String(format) } })).toThrow(refusalOf('transaction', format));
});

describe('a network whose function finds another format', () => {
  const lines = sampleLines(40);
  const record = (from: number, to: number) => {
    const data = Buffer.from(lines.slice(from, to).join('\n'));
    return { ...readRecord(data), shard: SHARD, sequenceNumber: String(from + 1), at: 1 };
  };

  async function prepared() {
    const table = await local.create();
    const [journal, output] = [new MemoryObjectStore(), new MemoryObjectStore()];
    const log = new CommitLog({ state: state(table), journal, defaults: DEFAULTS, keptPurchases: 0 });
    const stores = { state: state(table), output };
    let tokens = 0;
    const newToken = (): string => String(++tokens).padStart(8, 't');
    const options = { log, stores, newToken, now: () => 1, sleep: async () => {}, mostUsers: 100, retentionMs: DAY };
    const open = (): NetworkSession => new NetworkSession(DEFAULT_NETWORK, { ...options, flushEvery: 2 });
    const first = open();
    for (const from of [0, 10, 20]) await first.apply([record(from, from + 10)]);
    const all = async (): Promise<unknown> => [await itemsIn(table), await textsOf(output), await textsOf(journal)];
    const change = () => changeParameters(DEFAULT_NETWORK, { degrees: 1 }, options);
    return { table, journal, open, all, change };
  }

  test.each(FORMATS)('%s one of its head, changes nothing', async (_, format) => {
    const { table, open, all, change } = await prepared();
    expect(await reformat(table, [/^head$/, 'd'], format)).toBe(1);
    const before = await all();
    await expect(change()).rejects.toThrow(refusalOf('head of a network', format));
    await expect(open().apply([record(30, 40)])).rejects.toThrow(refusalOf('head of a network', format));
    expect(await all()).toEqual(before);
  });

  test.each(FORMATS)('%s one of its users, changes nothing', async (_, format) => {
    const { table, open, all } = await prepared();
    expect(await reformat(table, [/^u$/, 'd'], format)).toBeGreaterThan(0);
    const before = await all();
    await expect(open().apply([record(30, 40)])).rejects.toThrow(refusalOf('user', format));
    expect(await all()).toEqual(before);
  });

  test.each(FORMATS)('%s one of a body, changes nothing', async (_, format) => {
    const { journal, open, all } = await prepared();
    for (const [key, text] of Object.entries(await textsOf(journal))) {
      await journal.put(key, documentInFormat(format, text), 'application/json');
    }
    const before = await all();
    await expect(open().apply([record(30, 40)])).rejects.toThrow(refusalOf('body of a commit', format));
    expect(await all()).toEqual(before);
  });
});
