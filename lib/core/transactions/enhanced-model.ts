import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Features } from './features.ts';
import { ForestModel, type ForestTraining } from './forest-model.ts';
import { LiftTable } from './lift-table.ts';
import { RecentSuspicion } from './recent-suspicion.ts';
import { SIGNALS } from './signals.ts';
import { SignalTails } from './signal-tails.ts';
import { TailTable } from './tail-table.ts';
import { weighEvidence } from './weigh-evidence.ts';
import { valueAt } from './value-at.ts';

/** The share of the most unusual transactions after which others are looked for. */
const VERY_UNUSUAL = 0.01;

/** What a transaction comes to, in nats. */
export interface Evidence {
  /** Of each signal, in the order of their table. */
  readonly signals: Float64Array;
  readonly forest: number;
  /** Of the signals and the forest together. */
  readonly own: number;
  /** Of the user's transactions before. */
  readonly recent: number;
  /** Of all of it: -ln of the share of training transactions that are as unusual. */
  readonly total: number;
}

interface Parts {
  readonly signals: SignalTails;
  readonly forest: ForestModel;
  readonly own: TailTable;
  readonly recent: LiftTable;
  readonly total: TailTable;
}

/** Weighs a transaction by the signals, by a forest on what they find, and by how unusual the user's latest transactions were. */
export class EnhancedModel {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static fit(training: readonly Features[], options: ForestTraining): EnhancedModel {
    const signals = SignalTails.fit(training);
    const forest = ForestModel.fit(training, signals, options);
    const nats = new Float64Array(SIGNALS.length);
    const evidence = training.map((features) => {
      signals.weigh(features, nats);
      return weighEvidence(nats, forest.surprise(features));
    });
    const own = TailTable.fit(evidence);
    const surprises = evidence.map((each) => own.surprise(each));
    const suspicions = followUsers(training, surprises);
    const recent = LiftTable.fit(suspicions, (index) => valueAt(surprises, index) > -Math.log(VERY_UNUSUAL));
    const totals = surprises.map((surprise, index) => surprise + recent.lift(valueAt(suspicions, index)));
    return new EnhancedModel({ signals, forest, own, recent, total: TailTable.fit(totals, options.contamination) });
  }

  static restore(reader: ByteReader): EnhancedModel {
    const signals = SignalTails.restore(reader);
    const forest = ForestModel.restore(reader, signals);
    const own = TailTable.restore(reader);
    const recent = LiftTable.restore(reader);
    return new EnhancedModel({ signals, forest, own, recent, total: TailTable.restore(reader) });
  }

  save(writer: ByteWriter): void {
    const { signals, forest, own, recent, total } = this.#parts;
    for (const part of [signals, forest, own, recent, total]) part.save(writer);
  }

  /** @param suspicion Of the user's latest transactions, see {@link RecentSuspicion}. */
  weigh(features: Features, suspicion: number): Evidence {
    const parts = this.#parts;
    const signals = new Float64Array(SIGNALS.length);
    parts.signals.weigh(features, signals);
    const forest = parts.forest.surprise(features);
    const own = parts.own.surprise(weighEvidence(signals, forest));
    const recent = parts.recent.lift(suspicion);
    return { signals, forest, own, recent, total: parts.total.surprise(own + recent) };
  }
}

/** How suspicious each user's latest transactions were before each transaction, by the surprises of this model. */
function followUsers(training: readonly Features[], surprises: readonly number[]): Float64Array {
  const inTime = training.map((features, index) => ({ ...features, index })).toSorted((a, b) => a.time - b.time);
  const users = new Map<number, RecentSuspicion>();
  const suspicions = new Float64Array(training.length);
  for (const { user, time, index } of inTime) {
    const suspicion = users.get(user) ?? new RecentSuspicion();
    users.set(user, suspicion);
    suspicions[index] = suspicion.at(time);
    suspicion.add(time, valueAt(surprises, index));
  }
  return suspicions;
}
