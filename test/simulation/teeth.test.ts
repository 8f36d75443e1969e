import { describe, expect, test } from 'vitest';
import { MISTAKES } from './mistakes.ts';
import { simulate } from './simulate.ts';

const MOST_SEEDS = 200;

describe('the simulation', () => {
  test.each(Object.entries(MISTAKES))('catches %s', async (_, parts) => {
    const caught = await firstFailure(parts);
    expect(caught).toBeLessThanOrEqual(MOST_SEEDS);
  });
});

async function firstFailure(parts: (typeof MISTAKES)[string]): Promise<number> {
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const { faults } = await simulate({ seed, parts });
    if (faults.length > 0) return seed;
  }
  return Infinity;
}
