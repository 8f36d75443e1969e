import { describe, expect, test } from 'vitest';
import { simulate } from '../simulate.ts';
import { simulateTransactions } from '../transactions/simulate-transactions.ts';
import { REDRIVE_MISTAKES } from './mistakes.ts';
import { TRANSACTION_REDRIVE_MISTAKES } from './transaction-mistakes.ts';

const SEEDS_PER_TEST = 50;
const MOST_SEEDS = 400;

/** FLAGSTONE_RUNS=100 looks a hundred times longer; `npm run simulate -- --of=redrive` shows more. */
const SOAK = Number(process.env['FLAGSTONE_RUNS'] ?? 1);

describe('batches that Lambda gives up on, and flagstone redrive puts back', () => {
  test.each([0, 1, 2])('count exactly once, whatever they had done and whatever ends a redrive (%#)', async (round) => {
    const count = SEEDS_PER_TEST * SOAK;
    for (let seed = round * count + 1; seed <= (round + 1) * count; seed++) {
      const { faults } = await simulate({ seed, givesUp: true });
      expect(faults, `npm run simulate -- --of=redrive --seed=${seed}`).toEqual([]);
    }
  });

  test('count exactly once with seed 33148, which once failed', async () => {
    expect((await simulate({ seed: 33_148, givesUp: true })).faults).toEqual([]);
  });

  test('count exactly once where they hold transactions, too', async () => {
    for (let seed = 1; seed <= SEEDS_PER_TEST * SOAK; seed++) {
      const { faults } = await simulateTransactions({ seed, givesUp: true });
      expect(faults, `npm run simulate -- --of=redrive-transactions --seed=${seed}`).toEqual([]);
    }
  });

  test.each(Object.entries(TRANSACTION_REDRIVE_MISTAKES))(
    'the simulation of transactions catches %s',
    async (_, parts) => {
      let caught = Infinity;
      for (let seed = 1; seed <= MOST_SEEDS && caught === Infinity; seed++) {
        const { faults } = await simulateTransactions({ seed, parts, givesUp: true });
        if (faults.length > 0) caught = seed;
      }
      expect(caught).toBeLessThanOrEqual(MOST_SEEDS);
    },
  );

  test.each(Object.entries(REDRIVE_MISTAKES))('the simulation catches %s', async (_, parts) => {
    let caught = Infinity;
    for (let seed = 1; seed <= MOST_SEEDS && caught === Infinity; seed++) {
      const { faults } = await simulate({ seed, parts, givesUp: true });
      if (faults.length > 0) caught = seed;
    }
    expect(caught).toBeLessThanOrEqual(MOST_SEEDS);
  });
});
