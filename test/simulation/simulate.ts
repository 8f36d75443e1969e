import { RIGHT_PARTS, startFunction, type Parts } from './application/application.ts';
import { findFaults } from './check/find-faults.ts';
import { drawErasures, withVictim } from './erasure/erasures.ts';
import { drawScenario, type ScenarioSize } from './scenario/scenario.ts';
import { Draws } from './world/draws.ts';
import { Trace } from './world/trace.ts';
import { World, type Conditions } from './world/world.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** By default drawn: a few networks on a few shards. */
  readonly size?: ScenarioSize;
  readonly parts?: Parts;
  /** Whether Lambda gives up on batches, and `flagstone redrive` puts them back. */
  readonly givesUp?: boolean;
  readonly conditions?: Conditions;
  /** Whether networks and users are deleted meanwhile. */
  readonly erases?: boolean;
  readonly isTraced?: boolean;
}

export interface SimulationResult {
  readonly seed: number;
  /** What is wrong; nothing, if all is as it ought to be. */
  readonly faults: readonly string[];
  readonly steps: number;
  readonly commits: number;
  readonly flags: number;
  /** Requests that a service did not answer because it was down. */
  readonly refused: number;
  readonly trace: readonly string[];
}

const LONG_HISTORY_MS = 60 * 24 * 60 * 60_000;

/** One simulation: the same seed gives the same one. */
export async function simulate({
  seed,
  size,
  parts = RIGHT_PARTS,
  isTraced = false,
  givesUp = false,
  erases = false,
  conditions = {},
}: SimulationOptions): Promise<SimulationResult> {
  const draws = new Draws(seed);
  const trace = new Trace(isTraced);
  const drawn = drawScenario(draws, size);
  // What is put back is found in the history.
  const kept = givesUp ? { ...drawn, settings: { ...drawn.settings, historyMs: LONG_HISTORY_MS } } : drawn;
  const scenario = erases ? withVictim(kept) : kept;
  trace.note(() => JSON.stringify({ ...scenario, producers: scenario.producers.length }));
  const world = new World({
    draws,
    trace,
    scenario,
    givesUp,
    ...(erases && { erased: drawErasures(draws, scenario), isErasedAgain: draws.chance(0.5) }),
    conditions,
    start: (name, sandbox, world) => startFunction(name, { world, sandbox, settings: scenario.settings, parts }),
  });
  let found: Awaited<ReturnType<typeof findFaults>>;
  try {
    await world.run();
    found = await findFaults(world, scenario);
  } catch (error) {
    found = { faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)], commits: 0, flags: 0 };
  }
  return { seed, ...found, steps: world.steps, refused: world.outage?.refused ?? 0, trace: trace.lines };
}
