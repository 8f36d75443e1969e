import { describe, expect, test } from 'vitest';
import { SERIES_MISTAKES } from './series-mistakes.ts';
import { simulateSeries } from './simulate-series.ts';
import type { Tamper } from './world.ts';

const SEEDS_PER_TEST = 40;
const ROUNDS = [0, 1, 2];
const MOST_SEEDS = 300;

/** FLAGSTONE_RUNS=100 looks a hundred times longer. */
const SOAK = Number(process.env['FLAGSTONE_RUNS'] ?? 1);

describe('the series detector in the cloud', () => {
  test.each(ROUNDS)('takes each point once and answers it in its turn, whatever goes wrong (%#)', async (round) => {
    const count = SEEDS_PER_TEST * SOAK;
    for (let seed = round * count + 1; seed <= (round + 1) * count; seed++) {
      const { faults } = await simulateSeries({ seed });
      expect(faults, `seed ${seed}`).toEqual([]);
    }
  });

  test('is simulated the same way from the same seed', async () => {
    const one = await simulateSeries({ seed: 7, isTraced: true });
    expect(one.trace.length).toBeGreaterThan(100);
    expect(await simulateSeries({ seed: 7, isTraced: true })).toEqual(one);
  });
});

describe('the simulation of the series', () => {
  test.each(Object.entries(SERIES_MISTAKES))('catches %s', async (_, tamper) => {
    expect(await firstFailure(tamper)).toBeLessThanOrEqual(MOST_SEEDS);
  });
});

async function firstFailure(tamper: Tamper): Promise<number> {
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const { faults } = await simulateSeries({ seed, tamper });
    if (faults.length > 0) return seed;
  }
  return Infinity;
}
