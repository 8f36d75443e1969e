import type { Ranking } from './rank-outcomes.ts';

/** How good it is to flag some of the rows. */
export interface FlaggingQuality {
  readonly flagged: number;
  /** Anomalies among the flagged; with ties at the border a mean, which need not be whole. */
  readonly found: number;
  /** Of the flagged rows, the share that are anomalies; NaN if none is flagged. */
  readonly precision: number;
  /** Of the anomalies, the share that is flagged; NaN if there is none. */
  readonly recall: number;
}

/**
 * The area under the ROC curve: the probability that an anomaly scores higher than another row, a tie counting half
 * (Mann & Whitney 1947). NaN unless there are both.
 */
export function rocAuc({ ties, anomalies, rows }: Ranking): number {
  let normalsBelow = rows - anomalies;
  let won = 0;
  for (const tie of ties) {
    const normals = tie.rows - tie.anomalies;
    normalsBelow -= normals;
    won += tie.anomalies * (normalsBelow + normals / 2);
  }
  return won / (anomalies * (rows - anomalies));
}

/**
 * The mean of the precisions at each threshold, weighted by the recall gained there, as scikit-learn defines average
 * precision (no interpolation). NaN without an anomaly.
 */
export function averagePrecision({ ties, anomalies }: Ranking): number {
  let flagged = 0;
  let found = 0;
  let sum = 0;
  for (const tie of ties) {
    flagged += tie.rows;
    found += tie.anomalies;
    sum += tie.anomalies * (found / flagged);
  }
  return sum / anomalies;
}

/**
 * Flags that share of the rows, the highest scores first (to the nearest whole number of rows). Of rows that tie at the
 * border some are flagged: the result is the mean over all ways to choose them.
 * @throws RangeError for a share below 0 or above 1.
 */
export function flagShare({ ties, anomalies, rows }: Ranking, share: number): FlaggingQuality {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share must be from 0 to 1 (given ${share})`);
  const flagged = Math.round(share * rows);
  let left = flagged;
  let found = 0;
  for (const tie of ties) {
    const taken = Math.min(left, tie.rows);
    found += (tie.anomalies * taken) / tie.rows;
    left -= taken;
  }
  return { flagged, found, precision: found / flagged, recall: found / anomalies };
}

/** Flags the rows that score higher than the threshold. */
export function flagAbove({ ties, anomalies }: Ranking, threshold: number): FlaggingQuality {
  let flagged = 0;
  let found = 0;
  for (const tie of ties) {
    if (tie.score <= threshold) break;
    flagged += tie.rows;
    found += tie.anomalies;
  }
  return { flagged, found, precision: found / flagged, recall: found / anomalies };
}
