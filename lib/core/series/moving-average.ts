import type { AspectPoint, AspectWindow } from './aspect-window.ts';
import { distanceInUnitsOf } from './distance.ts';

const LIMIT = 3;

/**
 * The mean of the latest few values, from the window's mean, in standard deviations that it would have if the values were
 * independent: 3 are the limit.
 * Source: Montgomery, "Introduction to Statistical Quality Control", section 9.3: the moving average control chart.
 */
export function rateByMovingAverage({ raw, span }: AspectWindow, point: AspectPoint): number {
  return distanceInUnitsOf(raw.deviation / Math.sqrt(span), point.short, raw.mean) / LIMIT;
}
