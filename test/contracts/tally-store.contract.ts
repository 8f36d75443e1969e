import { describe, expect, test } from 'vitest';
import type { TallyStore } from '../../lib/adapters/transactions/tally-store.ts';
import type { ShardTally } from '../../lib/core/transactions-cloud/shard-tally.ts';

function tallyAt(position: string, events: number, shard = 's1'): ShardTally {
  const latest = { arrivedAt: 1_797_353_581_000, appliedAt: 1_797_353_581_250 };
  return { shard, position, tally: { events, flagged: 1, rejected: 2, minutes: [[29_955_893, events, 1]], latest } };
}

/** What every store of tallies has to do. `prepare` gives an empty one. */
export function testTallyStore(prepare: () => Promise<TallyStore>): void {
  describe('a tally', () => {
    test('comes back as it was', async () => {
      const store = await prepare();
      expect(await store.read('s1')).toBeUndefined();
      expect(await store.readAll()).toEqual([]);
      expect(await store.write(tallyAt('7', 5), undefined)).toBe(true);
      expect(await store.write(tallyAt('9', 3, 's0'), undefined)).toBe(true);
      expect(await store.read('s1')).toEqual(tallyAt('7', 5));
      expect(await store.readAll()).toEqual([tallyAt('9', 3, 's0'), tallyAt('7', 5)]);
    });

    test('is replaced only where it stands', async () => {
      const store = await prepare();
      await store.write(tallyAt('7', 5), undefined);
      expect(await store.write(tallyAt('8', 6), undefined)).toBe(false);
      expect(await store.write(tallyAt('8', 6), '6')).toBe(false);
      expect(await store.write(tallyAt('8', 6), '7')).toBe(true);
      expect(await store.read('s1')).toEqual(tallyAt('8', 6));
    });
  });
}
