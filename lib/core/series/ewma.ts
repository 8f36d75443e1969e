import type { AspectPoint, AspectWindow } from './aspect-window.ts';
import { distanceInUnitsOf } from './distance.ts';

const LIMIT = 3;

/** What is older than so many spans weighs less than 1 / 10,000,000. */
const SPANS = 8;

/**
 * The exponentially weighted moving average of the window and the point, from the window's mean, in standard deviations
 * that it would have if the values were independent: 3 are the limit. Computed anew at each point. The weight of the newest
 * value is 2 / (span + 1), as usual for an average over about a span.
 * Source: Roberts, "Control Chart Tests Based on Geometric Moving Averages", Technometrics 1959; Montgomery, "Introduction
 * to Statistical Quality Control", section 9.2.
 */
export function rateByEwma({ raw, span }: AspectWindow, point: AspectPoint): number {
  const { mean, deviation } = raw;
  const keep = 1 - 2 / (span + 1);
  let weights = 0;
  let squares = 0;
  let sum = 0;
  for (const value of raw.latest(SPANS * span)) {
    weights = weights * keep + 1;
    squares = squares * keep * keep + 1;
    sum = sum * keep + (value - mean);
  }
  weights = weights * keep + 1;
  squares = squares * keep * keep + 1;
  sum = sum * keep + (point.raw - mean);
  return distanceInUnitsOf((deviation * Math.sqrt(squares)) / weights, mean + sum / weights, mean) / LIMIT;
}
