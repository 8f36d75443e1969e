import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Features } from './features.ts';
import { TIME_COLUMNS, writeTime } from './forest-columns.ts';
import { HourTables } from './hour-tables.ts';
import { SIGNALS } from './signals.ts';
import { TailTables } from './tail-tables.ts';
import { valueAt } from './value-at.ts';

interface MeasuredSignal {
  readonly tails: TailTables;
  readonly isInNats: boolean;
}

/** How rare each signal's measures are, and the columns of the enhanced forest: what the signals find, and when. */
export class SignalTails {
  readonly columns = SIGNALS.length + TIME_COLUMNS + 1;
  readonly #signals: readonly MeasuredSignal[];
  readonly #hours: HourTables;

  private constructor(tails: readonly TailTables[], hours: HourTables) {
    this.#signals = tails.map((each, index) => ({ tails: each, isInNats: SIGNALS[index]?.unit === 'nats' }));
    this.#hours = hours;
  }

  static fit(training: readonly Features[]): SignalTails {
    const categories = training.map(({ category }) => category);
    const tails = SIGNALS.map(({ rareAmong }, index) => {
      const measures = training.map((features) => valueAt(features.measures, index));
      return TailTables.fit(measures, rareAmong === 'category' ? categories : []);
    });
    return new SignalTails(tails, HourTables.fit(training));
  }

  static restore(reader: ByteReader): SignalTails {
    const count = reader.byte();
    if (count !== SIGNALS.length) {
      throw reader.fault(`it is of ${count} signals, this version of Flagstone has ${SIGNALS.length}`);
    }
    return new SignalTails(
      SIGNALS.map(() => TailTables.restore(reader)),
      HourTables.restore(reader),
    );
  }

  save(writer: ByteWriter): void {
    writer.byte(this.#signals.length);
    for (const { tails } of this.#signals) tails.save(writer);
    this.#hours.save(writer);
  }

  /**
   * Writes each signal's surprise, in nats. What is surprising for the user and yet common among users is not surprising, nor is
   * what is rare among users and yet usual for this one: the lesser counts.
   */
  weigh({ measures, category }: Features, nats: Float64Array): void {
    this.#signals.forEach(({ tails, isInNats }, index) => {
      const measure = valueAt(measures, index);
      const rarity = tails.surprise(measure, category);
      nats[index] = isInNats ? Math.min(rarity, Math.max(0, measure)) : rarity;
    });
  }

  writeRow(features: Features, row: Float64Array, at: number): void {
    const { measures, category } = features;
    this.#signals.forEach(({ tails, isInNats }, index) => {
      const measure = valueAt(measures, index);
      row[at + index] = isInNats ? measure : tails.surprise(measure, category);
    });
    writeTime(features, row, at + SIGNALS.length);
    row[at + SIGNALS.length + TIME_COLUMNS] = this.#hours.surprise(features);
  }
}
