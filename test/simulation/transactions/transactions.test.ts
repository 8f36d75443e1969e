import { describe, expect, test } from 'vitest';
import { TRANSACTION_MISTAKES } from './mistakes.ts';
import { simulateTransactions } from './simulate-transactions.ts';

const SEEDS_PER_TEST = 50;
const MOST_SEEDS = 200;

/** Found in a run of 100,000. */
const ONCE_FAILED = [10_988, 11_825];

/** FLAGSTONE_RUNS=100 looks a hundred times longer; `npm run simulate` shows more. */
const SOAK = Number(process.env['FLAGSTONE_RUNS'] ?? 1);

describe('the transaction detector in the cloud', () => {
  test.each([0, 1])('does everything exactly once, whatever goes wrong (%#)', async (round) => {
    const count = SEEDS_PER_TEST * SOAK;
    for (let seed = round * count + 1; seed <= (round + 1) * count; seed++) {
      const { faults } = await simulateTransactions({ seed });
      expect(faults, `npm run simulate -- --of=transactions --seed=${seed}`).toEqual([]);
    }
  });

  test.each(ONCE_FAILED)('does not fail any more from seed %i', async (seed) => {
    expect((await simulateTransactions({ seed })).faults).toEqual([]);
  });

  test('is simulated the same way from the same seed', async () => {
    const once = await simulateTransactions({ seed: 7, isTraced: true });
    expect(once.trace.length).toBeGreaterThan(100);
    expect(await simulateTransactions({ seed: 7, isTraced: true })).toEqual(once);
  });
});

describe('the simulation of transactions', () => {
  test.each(Object.entries(TRANSACTION_MISTAKES))('catches %s', async (_, parts) => {
    let caught = false;
    for (let seed = 1; seed <= MOST_SEEDS && !caught; seed++) {
      const { faults } = await simulateTransactions({ seed, parts });
      caught = faults.length > 0;
    }
    expect(caught).toBe(true);
  });
});
