import { averagePrecision, flagShare, rocAuc } from '../../../lib/core/quality/measures.ts';
import { rankOutcomes } from '../../../lib/core/quality/rank-outcomes.ts';
import type { TransactionMode } from '../../../lib/core/transactions/detectors.ts';
import { judgeHistory } from '../../../lib/core/transactions/judge-history.ts';
import type { Transaction } from '../../../lib/core/transactions/transaction.ts';

/** The share of transactions that is looked at. */
const FLAGGED = 0.05;

export interface TransactionQuality {
  readonly rocAuc: number;
  readonly averagePrecision: number;
  /** Share of the anomalies among the 5 % with the highest scores. */
  readonly recall: number;
  /** Share that the detector itself flags. */
  readonly flagged: number;
  /** Recall of each kind of anomaly, of those that are of this kind alone. */
  readonly kinds: ReadonlyMap<string, number>;
}

export interface QualityOptions {
  readonly mode: TransactionMode;
  readonly seed?: number;
}

/** Trains on the first half in time and scores the second; each transaction is judged before it is learnt. */
export function measureQuality(transactions: readonly Transaction[], options: QualityOptions): TransactionQuality {
  const training = Math.floor(transactions.length / 2);
  const { judgements } = judgeHistory(transactions, { ...options, training });
  const scores = judgements.slice(training).map(({ score }) => score);
  const labels = transactions.slice(training).map(({ label = [] }) => label);
  const ranking = rankOutcomes(
    scores,
    labels.map((label) => label.length > 0),
  );
  return {
    rocAuc: rocAuc(ranking),
    averagePrecision: averagePrecision(ranking),
    recall: flagShare(ranking, FLAGGED).recall,
    flagged: judgements.slice(training).filter(({ isAnomaly }) => isAnomaly).length / scores.length,
    kinds: recallOfKinds(scores, labels),
  };
}

function recallOfKinds(scores: readonly number[], labels: readonly (readonly string[])[]): Map<string, number> {
  const border = scores.toSorted((a, b) => b - a)[Math.floor(scores.length * FLAGGED)] ?? 0;
  const kinds = new Set(labels.flatMap((label) => (label.length === 1 ? label : [])));
  return new Map(
    [...kinds].toSorted().map((kind) => {
      const those = scores.filter((_, index) => labels[index]?.length === 1 && labels[index]?.[0] === kind);
      return [kind, those.filter((score) => score > border).length / those.length];
    }),
  );
}
