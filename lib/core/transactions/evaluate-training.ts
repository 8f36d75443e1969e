import { averagePrecision, flagShare, rocAuc } from '../quality/measures.ts';
import { rankOutcomes } from '../quality/rank-outcomes.ts';
import type { TransactionMode } from './detectors.ts';
import type { Features } from './features.ts';
import { LEAST_TRAINING, trainModel, USUAL_CONTAMINATION, type Model, type TrainingOptions } from './model.ts';
import { RecentSuspicion } from './recent-suspicion.ts';

/** A transaction that a model may be trained on. */
export interface TrainingRow {
  readonly features: Features;
  /** The kinds of anomaly that a producer planted, if it says. For measuring alone: no model is trained on it. */
  readonly label?: readonly string[] | undefined;
}

/** How a model trained on the earlier transactions does on the latest. */
export interface TrainingEvaluation {
  /** Transactions it was trained on. */
  readonly trained: number;
  /** Later transactions it was tried on. */
  readonly heldOut: number;
  /** Those of the latter whose label is known, and the anomalies among them. */
  readonly labelled: number;
  readonly anomalies: number;
  readonly modes: Readonly<Record<keyof typeof SURPRISES, ModeQuality>>;
}

export interface ModeQuality {
  /** Share of the held-out transactions that it flags. */
  readonly flagged: number;
  /** Against the labels; none where too few anomalies are known to say. */
  readonly quality?: LabelledQuality;
}

interface LabelledQuality {
  readonly rocAuc: number;
  readonly averagePrecision: number;
  /** Share of the anomalies found, if the 5 % of the labelled with the highest scores are flagged. */
  readonly recallAtFivePercent: number;
}

const HELD_OUT_SHARE = 1 / 5;
const MOST_HELD_OUT = 4_000;

/** With fewer anomalies than this, a figure says more of them than of the model. */
const LEAST_ANOMALIES = 10;

/**
 * Holds the latest fifth of the transactions out, 4,000 at most, trains a model on the others, and tries it on these.
 * @param rows In the order of time.
 * @returns undefined where what is left is too little to train on
 */
export function evaluateTraining(
  rows: readonly TrainingRow[],
  options: TrainingOptions = {},
): TrainingEvaluation | undefined {
  const heldOut = Math.min(MOST_HELD_OUT, Math.floor(rows.length * HELD_OUT_SHARE));
  const trained = rows.length - heldOut;
  if (heldOut === 0 || trained < LEAST_TRAINING) return undefined;
  const model = trainModel(
    rows.slice(0, trained).map(({ features }) => features),
    options,
  );
  const { contamination = USUAL_CONTAMINATION } = options;
  const labels = rows.slice(trained).map(({ label }) => label);
  const known = labels.filter((label) => label !== undefined);
  const qualityOf = (surprises: readonly number[]): ModeQuality =>
    modeQuality({ surprises: surprises.slice(trained), labels, limit: -Math.log(contamination) });
  return {
    trained,
    heldOut,
    labelled: known.length,
    anomalies: known.filter(({ length }) => length > 0).length,
    modes: {
      basic: qualityOf(SURPRISES.basic(rows, model)),
      enhanced: qualityOf(SURPRISES.enhanced(rows, model)),
    },
  };
}

/** How surprising the rows are to the detectors that can be tried on stored features alone. */
const SURPRISES = {
  basic: (rows, model) => rows.map(({ features }) => model.weighBasic(features)),
  enhanced: enhancedSurprises,
} as const satisfies Partial<
  Record<TransactionMode, (rows: readonly TrainingRow[], model: Model) => readonly number[]>
>;

/** Users are followed from the beginning, so that what came before the held-out transactions counts. */
function enhancedSurprises(rows: readonly TrainingRow[], model: Model): number[] {
  const suspicions = new Map<number, RecentSuspicion>();
  return rows.map(({ features }) => {
    const suspicion = suspicions.get(features.user) ?? new RecentSuspicion();
    suspicions.set(features.user, suspicion);
    const { own, total } = model.weighEnhanced(features, suspicion.at(features.time));
    suspicion.add(features.time, own);
    return total;
  });
}

interface Outcomes {
  readonly surprises: readonly number[];
  readonly labels: readonly (readonly string[] | undefined)[];
  /** What is more surprising is flagged. */
  readonly limit: number;
}

function modeQuality({ surprises, labels, limit }: Outcomes): ModeQuality {
  const flagged = surprises.filter((surprise) => surprise > limit).length / surprises.length;
  const isKnown = (_: unknown, row: number): boolean => labels[row] !== undefined;
  const isAnomaly = labels.filter((label) => label !== undefined).map(({ length }) => length > 0);
  const ranking = rankOutcomes(surprises.filter(isKnown), isAnomaly);
  if (ranking.anomalies < LEAST_ANOMALIES || ranking.anomalies === ranking.rows) return { flagged };
  const quality = {
    rocAuc: rocAuc(ranking),
    averagePrecision: averagePrecision(ranking),
    recallAtFivePercent: flagShare(ranking, 0.05).recall,
  };
  return { flagged, quality };
}
