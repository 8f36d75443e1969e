import type { Features } from './features.ts';

/** A model of another format is refused. */
export const MODEL_FORMAT = 1;

export interface TrainingOptions {
  /** The share of the training transactions that is to be flagged. Default 0.05. */
  readonly contamination?: number;
  /** Default 42. */
  readonly seed?: number;
}

/** How a model did on the transactions it was trained on. */
export interface TrainingReport {
  /** Transactions it was trained on. */
  readonly transactions: number;
  readonly contamination: number;
  readonly seed: number;
}

/** What is learnt from many users' transactions. Made by {@link trainModel}; never changes. */
export class Model {
  readonly report: TrainingReport;
  readonly threshold: number;

  constructor(report: TrainingReport, threshold: number) {
    this.report = report;
    this.threshold = threshold;
  }

  /** @throws UnreadableStateError for bytes that are damaged or of another format */
  static restore(bytes: Uint8Array): Model {
    const { report, threshold } = JSON.parse(new TextDecoder().decode(bytes)) as Model;
    return new Model(report, threshold);
  }

  save(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this));
  }
}

/** The least transactions that a model can be trained on. */
export const LEAST_TRAINING = 256;

/**
 * Trains a model, the same one for the same transactions in the same order.
 * @throws RangeError for fewer than {@link LEAST_TRAINING} transactions
 */
export function trainModel(
  features: readonly Features[],
  { contamination = 0.05, seed = 42 }: TrainingOptions = {},
): Model {
  if (features.length < LEAST_TRAINING) {
    throw new RangeError(`a model needs at least ${LEAST_TRAINING} transactions (given ${features.length})`);
  }
  const amounts = features.map(({ values }) => values[0] ?? 0).toSorted((a, b) => a - b);
  const threshold = amounts[Math.floor(amounts.length * (1 - contamination))] ?? 0;
  return new Model({ transactions: features.length, contamination, seed }, threshold);
}
