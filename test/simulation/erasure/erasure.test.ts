import { describe, expect, test } from 'vitest';
import { simulate } from '../simulate.ts';

const SEEDS_PER_TEST = 30;
const SOAK = Number(process.env['FLAGSTONE_RUNS'] ?? 1);

/** Each of these once showed a mistake. */
const MET = [24, 75, 84, 124, 162, 173, 244, 281, 10_266, 32_316, 34_133];

describe('what is deleted while everything goes on', () => {
  test.each([0, 1])('is gone, and the rest is as if it had never been, whatever goes wrong (%#)', async (round) => {
    const count = SEEDS_PER_TEST * SOAK;
    for (let seed = round * count + 1; seed <= (round + 1) * count; seed++) {
      const { faults } = await simulate({ seed, erases: true });
      expect(faults, `npm run simulate -- --of=erasure --seed=${seed}`).toEqual([]);
    }
  });

  test.each(MET)('is gone with seed %i, which once failed', async (seed) => {
    expect((await simulate({ seed, erases: true })).faults).toEqual([]);
  });
});
