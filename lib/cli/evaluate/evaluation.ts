import { averagePrecision, flagShare, rocAuc, type FlaggingQuality } from '../../core/quality/measures.ts';
import { rankOutcomes } from '../../core/quality/rank-outcomes.ts';
import type { TransactionMode } from '../../core/transactions/detectors.ts';

/** How well one mode tells anomalies from normal transactions. What nothing can be said of is null: JSON knows no NaN. */
export interface ModeEvaluation {
  readonly mode: TransactionMode;
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** If the share that was asked for, of the highest scores, were flagged. */
  readonly atShare: Flagging;
  /** What the detector itself flags, by its threshold. */
  readonly atThreshold: Flagging;
  /** At the share, the anomalies of one kind apart. */
  readonly kinds: readonly KindEvaluation[];
}

interface Flagging {
  readonly flagged: number;
  readonly precision: number | null;
  readonly recall: number | null;
}

interface KindEvaluation {
  readonly kind: string;
  readonly anomalies: number;
  readonly recall: number | null;
}

/** Scores with what is known of the transactions they belong to. */
export interface Outcomes {
  readonly mode: TransactionMode;
  readonly scores: readonly number[];
  readonly verdicts: readonly boolean[];
  readonly labels: readonly (readonly string[])[];
}

/** Where anomalies of more than one kind are counted. */
const SEVERAL = 'several at once';

export function evaluate({ mode, scores, verdicts, labels }: Outcomes, share: number): ModeEvaluation {
  const isAnomaly = labels.map(({ length }) => length > 0);
  const ranking = rankOutcomes(scores, isAnomaly);
  const flagged = verdicts.filter(Boolean).length;
  const found = verdicts.filter((verdict, row) => verdict && isAnomaly[row]).length;
  return {
    mode,
    rocAuc: known(rocAuc(ranking)),
    averagePrecision: known(averagePrecision(ranking)),
    atShare: flaggingOf(flagShare(ranking, share)),
    atThreshold: { flagged, precision: known(found / flagged), recall: known(found / ranking.anomalies) },
    kinds: kindsOf(labels).map((kind) => {
      const ofKind = rankOutcomes(
        scores,
        labels.map((label) => kindOf(label) === kind),
      );
      return { kind, anomalies: ofKind.anomalies, recall: known(flagShare(ofKind, share).recall) };
    }),
  };
}

/** By name, and those of several kinds last. */
function kindsOf(labels: Outcomes['labels']): string[] {
  const kinds = new Set(labels.map(kindOf).filter((kind) => kind !== undefined));
  return [...kinds].toSorted((a, b) => Number(a === SEVERAL) - Number(b === SEVERAL) || (a < b ? -1 : 1));
}

function kindOf([kind, ...others]: readonly string[]): string | undefined {
  return others.length > 0 ? SEVERAL : kind;
}

function flaggingOf({ flagged, precision, recall }: FlaggingQuality): Flagging {
  return { flagged, precision: known(precision), recall: known(recall) };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
