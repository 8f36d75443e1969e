import { describe, expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { simulateTransactions } from './transactions/simulate-transactions.ts';
import type { Conditions } from './world/world.ts';

/** Failure drills: what is wrong is so from the beginning, beside all that the simulation draws anyway. */

const SEEDS = 25;
const SOAK = Number(process.env['FLAGSTONE_RUNS'] ?? 1);
const HOUR_MS = 60 * 60_000;

const WORLDS = { network: simulate, transactions: simulateTransactions } as const;

const DRILLS = {
  'DynamoDB throttles everything for ten minutes': { down: 'dynamodb' },
  'S3 is down for ten minutes': { down: 's3' },
  'the clocks of functions are up to six hours wrong': { mostSkewMs: 6 * HOUR_MS },
} as const satisfies Readonly<Record<string, Conditions>>;

describe.each(Object.entries(WORLDS))('the %s detector', (_, run) => {
  test.each(Object.entries(DRILLS))('does everything exactly once where %s', async (__, conditions: Conditions) => {
    let refused = 0;
    for (let seed = 1; seed <= SEEDS * SOAK; seed++) {
      const result = await run({ seed, conditions });
      expect(result.faults, `seed ${seed}`).toEqual([]);
      refused += result.refused;
    }
    expect(refused > SEEDS * 10).toBe(conditions.down !== undefined);
  });
});
