import { describe, expect, test } from 'vitest';
import { decodeBody, encodeBody } from '../../../lib/core/cloud/body-codec.ts';
import { bodyPrefix } from '../../../lib/core/cloud/object-keys.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { counting } from '../../cloud/faults.ts';
import { DEFAULTS, MemoryCloud, textsOf } from '../../cloud/memory-cloud.ts';
import { buys, detect, sampleLines, SHARD } from '../../cloud/sample-events.ts';

const LINES = sampleLines(60);
const PUT_BACK = { isDryRun: false };

/** Ten lines a record: the records are 0 to 5. */
function records(...numbers: readonly number[]): ArrivedRecord[] {
  return numbers.map((number) => {
    const data = Buffer.from(LINES.slice(10 * number, 10 * number + 10).join('\n'));
    return { ...readRecord(data), shard: SHARD, sequenceNumber: String(number), at: Date.UTC(2026, 0, 1, number) };
  });
}

/** Records of one line each, which a source has numbered as the records are. */
function numbered(...numbers: readonly number[]): ArrivedRecord[] {
  return numbers.map((number) => {
    const envelope = JSON.stringify({ network: DEFAULT_NETWORK, source: 'log', offset: number });
    const data = Buffer.from(`${envelope}\n${buys('ann', '10')}`);
    return { ...readRecord(data), shard: SHARD, sequenceNumber: String(number), at: Date.UTC(2026, 0, 1, number) };
  });
}

async function flaggedInOrder(...numbers: readonly number[]): Promise<string> {
  return detect(
    { parameters: DEFAULTS },
    numbers.flatMap((number) => LINES.slice(10 * number, 10 * number + 10)),
  ).flagged;
}

async function bodyKeys({ journal }: MemoryCloud): Promise<string[]> {
  return Object.keys(await textsOf(journal)).filter((key) => key.startsWith(bodyPrefix(DEFAULT_NETWORK)));
}

describe('records that were given up', () => {
  test('come after what was applied meanwhile, once, however often they are put back', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start().openSession(DEFAULT_NETWORK);
    await session.apply(records(0));
    await session.apply(records(2, 3));
    const redriven = await session.redrive(records(0, 1, 2), PUT_BACK);
    expect(redriven).toEqual({ putBack: 10, applied: 20, unknown: 0, deleted: 0 });
    const again = await cloud.start().openSession(DEFAULT_NETWORK).redrive(records(1, 2), PUT_BACK);
    expect(again).toEqual({ putBack: 0, applied: 20, unknown: 0, deleted: 0 });
    expect(await cloud.flagged()).toBe(await flaggedInOrder(0, 2, 3, 1));
  });

  test('of which nothing came through bar the way of whoever still holds them', async () => {
    const cloud = new MemoryCloud();
    await cloud.start().openSession(DEFAULT_NETWORK).redrive(records(0, 1), PUT_BACK);
    const zombie = await cloud.start().openSession(DEFAULT_NETWORK).apply(records(0, 1));
    expect(zombie.events).toBe(0);
    expect(await cloud.flagged()).toBe(await flaggedInOrder(0, 1));
  });

  test('are only looked at by a dry run', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start().openSession(DEFAULT_NETWORK);
    await session.apply(records(1));
    const before = await textsOf(cloud.journal);
    expect(await session.redrive(records(0, 1), { isDryRun: true })).toMatchObject({ putBack: 10, applied: 10 });
    expect(await textsOf(cloud.journal)).toEqual(before);
  });

  test('are left alone where the history is gone that would tell of them, and others are not', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start().openSession(DEFAULT_NETWORK);
    for (const number of [0, 2, 3, 5]) await session.apply(records(number));
    const keys = await bodyKeys(cloud);
    await cloud.journal.remove(keys.slice(0, 2));
    const cold = cloud.start().openSession(DEFAULT_NETWORK);
    await session.flush();
    const redriven = await cold.redrive(records(1, 2, 3, 4), PUT_BACK);
    expect(redriven).toEqual({ putBack: 10, applied: 10, unknown: 20, deleted: 0 });
    expect(await cloud.flagged()).toBe(await flaggedInOrder(0, 2, 3, 5, 4));
  });

  test('are found in a history that begins with bodies of an earlier version, as far as these tell', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start().openSession(DEFAULT_NETWORK);
    for (const number of [0, 2, 4]) await session.apply(records(number));
    const [first = '', second = ''] = await bodyKeys(cloud);
    for (const key of [first, second]) {
      const { before: _, sourceCovers: __, ...older } = decodeBody(await cloud.journal.get(key));
      await cloud.journal.put(key, encodeBody(older));
    }
    const redriven = await cloud
      .start()
      .openSession(DEFAULT_NETWORK)
      .redrive(records(1, 2, 3, 4), PUT_BACK);
    expect(redriven).toEqual({ putBack: 10, applied: 10, unknown: 20, deleted: 0 });
  });

  test('are left alone where one body is gone that would tell of them, wherever in the history', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start().openSession(DEFAULT_NETWORK);
    for (const number of [0, 2, 4, 5]) await session.apply(records(number));
    const [, , third = ''] = await bodyKeys(cloud);
    await session.flush();
    await cloud.journal.remove([third]);
    const redriven = await cloud
      .start()
      .openSession(DEFAULT_NETWORK)
      .redrive(records(1, 2, 3, 4, 5), PUT_BACK);
    expect(redriven).toEqual({ putBack: 0, applied: 20, unknown: 30, deleted: 0 });
  });

  test('are looked up once for all that one commit passed over, and for all that one commit applied', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start({ flushEvery: 100 }).openSession(DEFAULT_NETWORK);
    await session.apply(numbered(0, 1));
    await session.apply(numbered(8, 9, 10, 11));
    await session.apply(numbered(20));
    const readsFor = async (...numbers: readonly number[]): Promise<number> => {
      const faults = counting();
      const cold = cloud.start({ faults, flushEvery: 100 }).openSession(DEFAULT_NETWORK);
      await cold.redrive(numbered(...numbers), { isDryRun: true });
      return faults.calls['journal.get'] ?? 0;
    };
    const [none, passed, applied] = [await readsFor(), await readsFor(2), await readsFor(8)];
    expect(await readsFor(2, 3, 4, 5, 6, 7)).toBe(passed);
    expect(await readsFor(8, 9, 10, 11)).toBe(applied);
    const later = await readsFor(12);
    expect(later).toBeGreaterThan(none);
    expect(await readsFor(2, 7, 12, 19)).toBe(passed + later - none);
    // What nobody has come to yet takes no look into the history.
    expect(await readsFor(21, 22)).toBe(none);
  });

  test('are not told of by a source in bodies of an earlier version, but by their records', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start().openSession(DEFAULT_NETWORK);
    for (const number of [0, 2, 4]) await session.apply(numbered(number));
    for (const key of await bodyKeys(cloud)) {
      const { sourceCovers: _, ...older } = decodeBody(await cloud.journal.get(key));
      await cloud.journal.put(key, encodeBody(older));
    }
    const redriven = await cloud
      .start()
      .openSession(DEFAULT_NETWORK)
      .redrive(numbered(1, 2, 3, 4, 5), PUT_BACK);
    expect(redriven).toEqual({ putBack: 1, applied: 2, unknown: 2, deleted: 0 });
  });
});
