import type { AspectPoint, AspectWindow } from './aspect-window.ts';
import { distanceInUnitsOf } from './distance.ts';

const LIMIT = 1.5;

/**
 * The distance from the middle half of the window in interquartile ranges, of which 1.5 are the limit.
 * Source: Tukey, "Exploratory Data Analysis", 1977, section 2D: fences.
 */
export function rateByIqr({ judged, sorted }: AspectWindow, point: AspectPoint): number {
  if (sorted.length === 0) return 0;
  const value = point[judged];
  const lower = sorted.quantile(0.25);
  const upper = sorted.quantile(0.75);
  if (value >= lower && value <= upper) return 0;
  return distanceInUnitsOf(upper - lower, value, value > upper ? upper : lower) / LIMIT;
}
