import type { Seconds } from '../events/event.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { EnhancedModel, type Evidence } from './enhanced-model.ts';
import type { Features } from './features.ts';
import { BasicColumns } from './forest-columns.ts';
import { ForestModel } from './forest-model.ts';
import { valueAt } from './value-at.ts';

/** A model of another format is refused. */
export const MODEL_FORMAT = 1;

/** The least transactions that a model can be trained on: a full sample for each tree. */
export const LEAST_TRAINING = 256;

/** The share that is flagged unless another is asked for, and the seed: those of the specification. */
export const USUAL_CONTAMINATION = 0.05;
const USUAL_SEED = 42;

export interface TrainingOptions {
  /** The share of the training transactions that is to be flagged, above 0 and below 0.5. Default 0.05. */
  readonly contamination?: number;
  /** Default 42. */
  readonly seed?: number;
}

/** What a model was trained on, and what it would have flagged of that. */
export interface TrainingReport {
  readonly transactions: number;
  readonly users: number;
  readonly earliest: Seconds;
  readonly latest: Seconds;
  readonly contamination: number;
  readonly seed: number;
  /** Share of the training transactions that the basic forest flags. */
  readonly flaggedBasic: number;
  /** Share of them that signals and enhanced forest flag, what happened before each left aside. */
  readonly flaggedEnhanced: number;
}

/** What is learnt from many users' transactions. Made by {@link trainModel}; never changes. */
export class Model {
  readonly report: TrainingReport;
  readonly #basicColumns: BasicColumns;
  readonly #basic: ForestModel;
  readonly #enhanced: EnhancedModel;

  constructor(report: TrainingReport, basicColumns: BasicColumns, forests: readonly [ForestModel, EnhancedModel]) {
    this.report = report;
    this.#basicColumns = basicColumns;
    [this.#basic, this.#enhanced] = forests;
  }

  /** @throws UnreadableStateError for bytes that are damaged, of another format, or of other signals */
  static restore(bytes: Uint8Array): Model {
    const reader = new ByteReader('model', bytes, MODEL_FORMAT);
    const report = {
      transactions: reader.double(),
      users: reader.double(),
      earliest: reader.double(),
      latest: reader.double(),
      contamination: reader.double(),
      seed: reader.double(),
      flaggedBasic: reader.double(),
      flaggedEnhanced: reader.double(),
    };
    const basicColumns = BasicColumns.restore(reader);
    const model = new Model(report, basicColumns, [
      ForestModel.restore(reader, basicColumns),
      EnhancedModel.restore(reader),
    ]);
    reader.expectEnd();
    return model;
  }

  save(): Uint8Array {
    const writer = new ByteWriter();
    writer.byte(MODEL_FORMAT);
    const { transactions, users, earliest, latest, contamination, seed, flaggedBasic, flaggedEnhanced } = this.report;
    writer.doubles([transactions, users, earliest, latest, contamination, seed, flaggedBasic, flaggedEnhanced]);
    this.#basicColumns.save(writer);
    this.#basic.save(writer);
    this.#enhanced.save(writer);
    return writer.toBytes();
  }

  /** How rare a transaction's score by the basic forest is, in nats. */
  weighBasic(features: Features): number {
    return this.#basic.surprise(features);
  }

  /** @param suspicion Of the user's latest transactions. */
  weighEnhanced(features: Features, suspicion: number): Evidence {
    return this.#enhanced.weigh(features, suspicion);
  }
}

/**
 * Trains a model, the same one for the same transactions in the same order and options.
 * @throws RangeError for fewer than {@link LEAST_TRAINING} transactions, or a contamination out of range
 */
export function trainModel(features: readonly Features[], options: TrainingOptions = {}): Model {
  const { contamination = USUAL_CONTAMINATION, seed = USUAL_SEED } = options;
  const transactions = features.length;
  if (transactions < LEAST_TRAINING) {
    throw new RangeError(`a model needs at least ${LEAST_TRAINING} transactions (given ${transactions})`);
  }
  if (!(contamination > 0 && contamination < 0.5)) {
    throw new RangeError(`the contamination must be above 0 and below 0.5 (given ${contamination})`);
  }
  const basicColumns = BasicColumns.fit(features);
  const basic = ForestModel.fit(features, basicColumns, { seed, contamination });
  const enhanced = EnhancedModel.fit(features, { seed, contamination });
  const limit = -Math.log(contamination);
  const times = features.map(({ time }) => time).toSorted((a, b) => a - b);
  const report = {
    transactions,
    users: new Set(features.map(({ user }) => user)).size,
    earliest: valueAt(times, 0),
    latest: valueAt(times, transactions - 1),
    contamination,
    seed,
    flaggedBasic: features.filter((each) => basic.surprise(each) > limit).length / transactions,
    flaggedEnhanced: features.filter((each) => enhanced.weigh(each, 0).total > limit).length / transactions,
  };
  return new Model(report, basicColumns, [basic, enhanced]);
}
