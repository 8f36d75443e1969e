import type { CalibratedLimit } from './calibrated-limit.ts';
import { MODEL_NAMES, MODELS } from './models.ts';
import type { Limits } from './series-options.ts';
import { ASPECTS, type SeriesPoint, type SeriesWindow } from './series-window.ts';

const MODELS_IN_ORDER = Object.values(MODELS);

/** For each aspect and model, all of one aspect together. */
export const RATE_COUNT = ASPECTS.length * MODELS_IN_ORDER.length;

/** How far out of line a point is: RATE_COUNT rates. */
export function ratePoint(window: SeriesWindow, point: SeriesPoint): Float64Array {
  const rates = new Float64Array(RATE_COUNT);
  let place = 0;
  for (const aspect of ASPECTS) {
    for (const model of MODELS_IN_ORDER) rates[place++] = model(window[aspect], point[aspect]);
  }
  return rates;
}

interface Rates {
  readonly rates: Float64Array;
  readonly limits: readonly CalibratedLimit[];
}

/** Of each model in the order of the table: its rate in units of its limit. */
export const STRENGTHS = {
  /** Both aspects count together, as two sides of a distance: a point may be a little out of line in each of them. */
  calibrated: ({ rates, limits }) => {
    const strengths = new Float64Array(MODEL_NAMES.length);
    for (const [place, { limit }] of limits.entries()) {
      const model = place % strengths.length;
      strengths[model] = Math.sqrt((strengths[model] ?? 0) ** 2 + ((rates[place] ?? 0) / limit) ** 2);
    }
    return strengths;
  },
  /** By the level alone, as in the books: rates are in units of their limits. */
  textbook: ({ rates }) => rates.subarray(0, MODEL_NAMES.length),
} as const satisfies Readonly<Record<Limits, (rates: Rates) => Float64Array>>;
