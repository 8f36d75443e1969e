import type { SimulationResult } from '../simulate.ts';
import { findRedrivenTransactionFaults } from '../redrive/find-redriven-transaction-faults.ts';
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
  /** Whether Lambda gives up on batches, and `flagstone redrive` puts them back. */
  readonly givesUp?: boolean;
}

const LONG_MS = 365 * 24 * 60 * 60_000;

/** One simulation of the transactions: the same seed gives the same one. */
export async function simulateTransactions({
  seed,
  parts = RIGHT_TRANSACTION_PARTS,
  isTraced = false,
  conditions = {},
  givesUp = false,
}: TransactionSimulationOptions): Promise<SimulationResult> {
  const draws = new Draws(seed);
  const trace = new Trace(isTraced);
  const drawn = drawTransactionScenario(draws);
  // What is put back is known by what is stored.
  const scenario = givesUp ? { ...drawn, keptMs: LONG_MS } : drawn;
  trace.note(() => JSON.stringify({ ...scenario, producers: scenario.producers.length }));
  const world = new TransactionWorld({
    draws,
    trace,
    scenario,
    conditions,
    givesUp,
    start: (name, sandbox, own) => startTransactionFunction(name, { world: own, sandbox, parts }),
  });
  let found: FoundTransactionFaults;
  try {
    await world.run();
    found = givesUp ? findRedrivenTransactionFaults(world) : findTransactionFaults(world);
  } catch (error) {
    found = { faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)], commits: 0, flags: 0 };
  }
  return { seed, ...found, steps: world.steps, refused: world.outage?.refused ?? 0, trace: trace.lines };
}
