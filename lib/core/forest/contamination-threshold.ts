/**
 * The score above which that share of the scores lies: scores that are greater (not equal) are anomalous. Between two scores
 * it is interpolated as scikit-learn and numpy do, so that with ties rather fewer are flagged than more.
 * @throws RangeError for no scores, and for a share that is not above 0 and at most 0.5.
 */
export function contaminationThreshold(scores: Float64Array, contamination: number): number {
  if (!(contamination > 0 && contamination <= 0.5)) {
    throw new RangeError(`the contamination must be above 0 and at most 0.5 (given ${contamination})`);
  }
  if (scores.length === 0) throw new RangeError('a threshold needs at least one score (given none)');
  const sorted = scores.toSorted();
  const position = (sorted.length - 1) * (1 - contamination);
  const below = Math.floor(position);
  const low = Number(sorted[below]);
  const high = Number(sorted[Math.ceil(position)]);
  return low + (high - low) * (position - below);
}
