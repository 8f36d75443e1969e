/** Rows of the same score. */
interface Tie {
  readonly score: number;
  readonly anomalies: number;
  readonly rows: number;
}

/** What scores are worth, judged by labels: the rows grouped by score, the highest first. */
export interface Ranking {
  readonly ties: readonly Tie[];
  readonly anomalies: number;
  readonly rows: number;
}

/**
 * Orders labelled rows by their scores, once for all measures of quality. No measure depends on the order of the rows.
 * @throws RangeError if there are not as many labels as scores, and for a score that is NaN.
 */
export function rankOutcomes(scores: ArrayLike<number>, isAnomaly: ArrayLike<boolean>): Ranking {
  if (scores.length !== isAnomaly.length) {
    throw new RangeError(`there must be as many labels as scores (given ${isAnomaly.length} and ${scores.length})`);
  }
  const outcomes = Array.from(scores, (score, row) => outcomeOf(score, isAnomaly[row] === true));
  outcomes.sort((one, other) => other.score - one.score);
  const ties: Outcome[] = [];
  for (const outcome of outcomes) {
    const last = ties.at(-1);
    if (last?.score === outcome.score) {
      last.anomalies += outcome.anomalies;
      last.rows += 1;
    } else ties.push(outcome);
  }
  const anomalies = ties.reduce((sum, tie) => sum + tie.anomalies, 0);
  return { ties, anomalies, rows: outcomes.length };
}

interface Outcome {
  readonly score: number;
  anomalies: number;
  rows: number;
}

function outcomeOf(score: number, isAnomaly: boolean): Outcome {
  if (Number.isNaN(score)) throw new RangeError('a score must be a number (given NaN)');
  return { score, anomalies: isAnomaly ? 1 : 0, rows: 1 };
}
