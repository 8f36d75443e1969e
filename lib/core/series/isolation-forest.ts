import { meanPathLength } from '../forest/path-length.ts';
import type { AspectPoint, AspectWindow } from './aspect-window.ts';
import { FARTHEST } from './distance.ts';

/** -log2 of the score 0.6, from which on the paper sees potential anomalies: the limit, in mean path lengths. */
const LIMIT = 0.7369655941662062;

/**
 * How few cuts isolate the short mean, in a forest of the short means in the window: the further cuts that the limit allows
 * to those that are needed, the first not counted, without which nothing is isolated.
 * Source: Liu, Ting & Zhou, "Isolation Forest", ICDM 2008, section 4.
 */
export function rateByIsolationForest({ forest }: AspectWindow, point: AspectPoint): number {
  const allowed = LIMIT * meanPathLength(forest.sampleSize) - 1;
  const needed = (forest.pathLength(point.short) ?? Infinity) - 1;
  return allowed <= 0 ? 0 : Math.min(FARTHEST, allowed / needed);
}
