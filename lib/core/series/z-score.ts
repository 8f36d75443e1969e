import type { AspectPoint, AspectWindow } from './aspect-window.ts';
import { distanceInUnitsOf } from './distance.ts';

const LIMIT = 3;

/**
 * The distance from the mean in standard deviations, of which 3 are the limit.
 * Source: Shewhart, "Economic Control of Quality of Manufactured Product", 1931; Montgomery, "Introduction to Statistical
 * Quality Control", section 6.4.
 */
export function rateByZScore(window: AspectWindow, point: AspectPoint): number {
  const { mean, deviation } = window[window.judged];
  return distanceInUnitsOf(deviation, point[window.judged], mean) / LIMIT;
}
