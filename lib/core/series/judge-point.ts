import type { CalibratedLimit } from './calibrated-limit.ts';
import { MODELS } from './models.ts';
import type { Limits } from './series-options.ts';
import { ASPECTS, type SeriesPoint, type SeriesWindow } from './series-window.ts';

const MODELS_IN_ORDER = Object.values(MODELS);

/** For each aspect and model, all of one aspect together. */
const RATE_COUNT = ASPECTS.length * MODELS_IN_ORDER.length;

/** How far out of line a point is: RATE_COUNT rates. */
export function ratePoint(window: SeriesWindow, point: SeriesPoint): Float64Array {
  const rates = new Float64Array(RATE_COUNT);
  let place = 0;
  for (const aspect of ASPECTS) {
    for (const model of MODELS_IN_ORDER) rates[place++] = model(window[aspect], point[aspect]);
  }
  return rates;
}

/** What each model expects of a series by what it saw of it. */
export interface Calibration {
  /** One for each rate of a point. */
  readonly rates: readonly CalibratedLimit[];
  /** One for each model, of its combined rate. */
  readonly models: readonly CalibratedLimit[];
}

/** `make` makes or reads one limit after the other. */
export function makeCalibration(make: () => CalibratedLimit): Calibration {
  return {
    rates: Array.from({ length: RATE_COUNT }, make),
    models: Array.from({ length: MODELS_IN_ORDER.length }, make),
  };
}

/**
 * Of each model: its rates in units of what is high for them, both aspects as two sides of a distance. A point may be a
 * little out of line in each of them.
 */
function combineRates(rates: Float64Array, calibration: Calibration): Float64Array {
  const squares = new Float64Array(MODELS_IN_ORDER.length);
  for (let place = 0; place < rates.length; place++) {
    squares[place % squares.length]! += (rates[place]! / calibration.rates[place]!.quantile) ** 2;
  }
  return squares.map(Math.sqrt);
}

interface RatedPoint {
  readonly rates: Float64Array;
  /** A point that is not judged is taken for usual: with few values before it, rates are wild. */
  readonly isJudged: boolean;
}

export function calibrate(calibration: Calibration, { rates, isJudged }: RatedPoint): void {
  const combined = combineRates(rates, calibration);
  for (let model = 0; model < combined.length; model++)
    calibration.models[model]!.count(isJudged ? combined[model]! : 0);
  for (let place = 0; place < rates.length; place++) calibration.rates[place]!.count(rates[place]!);
}

/** Of each model in the order of the table: its rate in units of its limit. */
export const STRENGTHS = {
  /** The limit is what is high for the model's combined rate. */
  calibrated: (rates, calibration) =>
    combineRates(rates, calibration).map((rate, model) => rate / calibration.models[model]!.limit),
  /** By the level alone, as in the books: rates are in units of their limits. */
  textbook: (rates) => rates.subarray(0, MODELS_IN_ORDER.length),
} as const satisfies Readonly<Record<Limits, (rates: Float64Array, calibration: Calibration) => Float64Array>>;
