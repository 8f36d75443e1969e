import { describe, expect, test } from 'vitest';
import { readNeighbourhood } from '../../../lib/adapters/network/read-neighbourhood.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { before, faultAlways } from '../../cloud/faults.ts';
import { MemoryCloud } from '../../cloud/memory-cloud.ts';
import { befriend, buys, SHARD } from '../../cloud/sample-events.ts';

const ANN = 'ann' as UserId;

function record(number: number, lines: readonly string[]): ArrivedRecord[] {
  const data = Buffer.from(lines.join('\n'));
  return [{ ...readRecord(data), shard: SHARD, sequenceNumber: String(number), at: Date.UTC(2026, 0, 1) }];
}

const LINES = [
  befriend('ann', 'ben'),
  befriend('ben', 'clo'),
  befriend('clo', 'dan'),
  befriend('ann', 'eve'),
  buys('ann', '99.00'),
  buys('ben', '10.00'),
  buys('clo', '20.00'),
  buys('dan', '30.00'),
  buys('ben', '40.00'),
  buys('eve', '50.00'),
];

async function cloudWith(lines: readonly string[] = LINES): Promise<MemoryCloud> {
  const cloud = new MemoryCloud();
  await cloud.start().openSession(DEFAULT_NETWORK).apply(record(1, lines));
  return cloud;
}

const request = { network: DEFAULT_NETWORK, user: ANN, most: 100 };

describe('a neighbourhood', () => {
  test('holds who is within D, the friendships between them, and the T latest purchases of the others', async () => {
    const { log, state } = (await cloudWith()).start();
    const found = await readNeighbourhood({ log, state }, request);
    expect(found).toMatchObject({
      parameters: { degrees: 2, tracked: 3 },
      members: [
        { user: 'ann', degree: 0 },
        { user: 'ben', degree: 1 },
        { user: 'eve', degree: 1 },
        { user: 'clo', degree: 2 },
      ],
      friendships: [
        [0, 1],
        [0, 2],
        [1, 3],
      ],
      truncated: false,
      purchases: [
        { user: 'eve', amount: 50_000_000n },
        { user: 'ben', amount: 40_000_000n },
        { user: 'clo', amount: 20_000_000n },
      ],
      statistics: { mean: '36.66', sd: '12.47' },
    });
  });

  test('says so when there are too many for it', async () => {
    const { log, state } = (await cloudWith()).start();
    const found = await readNeighbourhood({ log, state }, { ...request, most: 2 });
    expect(found).toMatchObject({ truncated: true, members: [{ user: 'ann' }, { user: 'ben' }] });
  });

  test('has no statistics of fewer than two purchases', async () => {
    const { log, state } = (await cloudWith([befriend('ann', 'ben'), buys('ben', '1.00')])).start();
    expect(await readNeighbourhood({ log, state }, request)).not.toHaveProperty('statistics');
  });

  test.each(['nobody', 'ann'])('is not there for a user whom no event has named: %s', async (user) => {
    const { log, state } = (await cloudWith([buys('ben', '1.00')])).start();
    expect(await readNeighbourhood({ log, state }, { ...request, user: user as UserId })).toBeUndefined();
  });

  test('is read again from the head when somebody stores users in between', async () => {
    const cloud = await cloudWith();
    const other = cloud.start({ flushEvery: 1 }).openSession(DEFAULT_NETWORK);
    const faults = before('state.readUsers', async () => {
      await other.apply(record(2, [buys('eve', '60.00')]));
    });
    const { log, state } = cloud.start({ faults });
    const found = await readNeighbourhood({ log, state }, request);
    expect(found?.purchases.map(({ amount }) => amount)).toEqual([60_000_000n, 50_000_000n, 40_000_000n]);
  });

  test('fails with what the table fails with', async () => {
    const { log, state } = (await cloudWith()).start({ faults: faultAlways('state.readUsers', 'before') });
    await expect(readNeighbourhood({ log, state }, request)).rejects.toThrow('state.readUsers');
  });
});
