import { logarithm, powerOfTwo } from './exact-powers.ts';

const EULER = 0.5772156649015329;

/**
 * The mean length of a failing search in a binary search tree of so many points, c(n) of the paper: what a leaf of n points
 * adds to a path, since its own tree was not grown. As scikit-learn has it: 0 for one point or none, 1 for two.
 * Source: Liu, Ting & Zhou, "Isolation Forest", ICDM 2008, equation 1.
 */
export function meanPathLength(points: number): number {
  if (points <= 1) return 0;
  if (points === 2) return 1;
  return 2 * (logarithm(points - 1) + EULER) - (2 * (points - 1)) / points;
}

/**
 * 2^(-path / c(sampleSize)), above 0 and below 1: 0.5 for a path of the mean length, more for a shorter one (equation 2).
 * From a sample of one point nothing can be told: 0.5.
 */
export function anomalyScore(pathLength: number, sampleSize: number): number {
  return sampleSize <= 1 ? 0.5 : powerOfTwo(-pathLength / meanPathLength(sampleSize));
}

/** ceil(log2(n)), about the mean height of a tree of n points: only the shorter paths are worth telling apart. */
export function heightLimit(points: number): number {
  return points <= 1 ? 0 : 32 - Math.clz32(points - 1);
}
