import { Draws } from '../world/draws.ts';
import { Trace } from '../world/trace.ts';
import { findSeriesFaults, type SeriesFound } from './find-series-faults.ts';
import { drawSeriesScenario } from './scenario.ts';
import { SeriesWorld, type Tamper } from './world.ts';

export interface SeriesSimulationResult extends SeriesFound {
  readonly seed: number;
  readonly steps: number;
  readonly trace: readonly string[];
}

/** One simulation of the series: the same seed gives the same one. */
export async function simulateSeries({
  seed,
  tamper = (options) => options,
  isTraced = false,
}: {
  readonly seed: number;
  readonly tamper?: Tamper;
  readonly isTraced?: boolean;
}): Promise<SeriesSimulationResult> {
  const draws = new Draws(seed);
  const trace = new Trace(isTraced);
  const scenario = drawSeriesScenario(draws);
  trace.note(() => JSON.stringify(scenario));
  const world = new SeriesWorld({ draws, trace, scenario, tamper });
  let found: SeriesFound;
  try {
    await world.run();
    found = await findSeriesFaults(world);
  } catch (error) {
    found = {
      faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      commits: 0,
      points: 0,
    };
  }
  return { seed, ...found, steps: world.steps, trace: trace.lines };
}
