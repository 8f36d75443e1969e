import type { SimulationResult } from '../simulate.ts';
import { Draws } from '../world/draws.ts';
import { Trace } from '../world/trace.ts';
import type { Conditions } from '../world/world.ts';
import { findTransactionFaults, type FoundTransactionFaults } from './find-transaction-faults.ts';
import { RIGHT_TRANSACTION_PARTS, startTransactionFunction, type TransactionParts } from './functions.ts';
import { drawTransactionScenario } from './scenario.ts';
import { TransactionWorld } from './world.ts';

export interface TransactionSimulationOptions {
  readonly seed: number;
  readonly parts?: TransactionParts;
  readonly isTraced?: boolean;
  readonly conditions?: Conditions;
}

/** One simulation of the transactions: the same seed gives the same one. */
export async function simulateTransactions({
  seed,
  parts = RIGHT_TRANSACTION_PARTS,
  isTraced = false,
  conditions = {},
}: TransactionSimulationOptions): Promise<SimulationResult> {
  const draws = new Draws(seed);
  const trace = new Trace(isTraced);
  const scenario = drawTransactionScenario(draws);
  trace.note(() => JSON.stringify({ ...scenario, producers: scenario.producers.length }));
  const world = new TransactionWorld({
    draws,
    trace,
    scenario,
    conditions,
    start: (name, sandbox, own) => startTransactionFunction(name, { world: own, sandbox, parts }),
  });
  let found: FoundTransactionFaults;
  try {
    await world.run();
    found = findTransactionFaults(world);
  } catch (error) {
    found = { faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)], commits: 0, flags: 0 };
  }
  return { seed, ...found, steps: world.steps, refused: world.outage?.refused ?? 0, trace: trace.lines };
}
