import { describe, expect, test } from 'vitest';
import { readNeighbourhood } from '../../../lib/adapters/network/read-neighbourhood.ts';
import { StaleReadError, type StateStore } from '../../../lib/adapters/state/state-store.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
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

/** The state, with users read in another way, and how often they were. */
function readsOf(state: StateStore, readUsers: StateStore['readUsers']) {
  let reads = 0;
  const counting: StateStore['readUsers'] = async (head, ids) => {
    reads++;
    return readUsers(head, ids);
  };
  const changed = Object.assign(Object.create(state) as StateStore, { readUsers: counting });
  return { state: changed, reads: () => reads };
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

  test('has statistics of two purchases, and is there for one who has as many friends as purchases', async () => {
    const lines = [befriend('ann', 'ben'), buys('ann', '5.00'), buys('ben', '1.00'), buys('ben', '3.00')];
    const { log, state } = (await cloudWith(lines)).start();
    expect(await readNeighbourhood({ log, state }, request)).toMatchObject({
      statistics: { mean: '2.00', sd: '1.00' },
    });
  });

  test('fails with what the table fails with, at once', async () => {
    const { log, state } = (await cloudWith()).start({ faults: faultAlways('state.readUsers', 'before') });
    const reading = readsOf(state, () => state.readUsers({} as Head, []));
    await expect(readNeighbourhood({ log, state: reading.state }, request)).rejects.toThrow('state.readUsers');
    expect(reading.reads()).toBe(1);
  });

  test('is given up when users are newer than the head each time', async () => {
    const { log, state } = (await cloudWith()).start();
    const newer = { version: 2, friendBuckets: 0, state: { id: ANN, friends: [], purchases: [] } };
    const reading = readsOf(state, async () => new Map([[ANN, newer]]));
    await expect(readNeighbourhood({ log, state: reading.state }, request)).rejects.toThrow(StaleReadError);
    expect(reading.reads()).toBe(5);
  });
});
