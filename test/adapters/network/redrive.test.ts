import { describe, expect, test } from 'vitest';
import { decodeBody, encodeBody } from '../../../lib/core/cloud/body-codec.ts';
import { bodyPrefix } from '../../../lib/core/cloud/object-keys.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { DEFAULTS, MemoryCloud, textsOf } from '../../cloud/memory-cloud.ts';
import { detect, sampleLines, SHARD } from '../../cloud/sample-events.ts';

const LINES = sampleLines(60);
const PUT_BACK = { isDryRun: false };

/** Ten lines a record: the records are 0 to 5. */
function records(...numbers: readonly number[]): ArrivedRecord[] {
  return numbers.map((number) => {
    const data = Buffer.from(LINES.slice(10 * number, 10 * number + 10).join('\n'));
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
});
