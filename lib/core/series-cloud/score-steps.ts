/** Scores have 6 decimals, in answers as in what is stored. */
export const SCORE_STEPS = 1_000_000;

/** Rounded, but never to 1, and never over the middle: it stays above 0.5 exactly where the value is anomalous. */
export function roundScore(score: number, isAnomaly: boolean): number {
  const half = SCORE_STEPS / 2;
  const [least, most] = isAnomaly ? [half + 1, SCORE_STEPS - 1] : [0, half];
  return Math.min(most, Math.max(least, Math.round(score * SCORE_STEPS))) / SCORE_STEPS;
}
