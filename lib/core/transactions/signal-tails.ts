import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Features } from './features.ts';
import { TIME_COLUMNS, writeTime } from './forest-columns.ts';
import { HourTables } from './hour-tables.ts';
import { SIGNALS } from './signals.ts';
import { TailTables } from './tail-tables.ts';

/** How rare each signal's measures are, and the columns of the enhanced forest: what the signals find, and when. */
export class SignalTails {
  readonly columns = SIGNALS.length + TIME_COLUMNS + 1;
  readonly #tails: readonly TailTables[];
  readonly #hours: HourTables;

  private constructor(tails: readonly TailTables[], hours: HourTables) {
    this.#tails = tails;
    this.#hours = hours;
  }

  static fit(training: readonly Features[]): SignalTails {
    const categories = training.map(({ category }) => category);
    const tails = SIGNALS.map(({ rareAmong }, index) => {
      const measures = training.map((features) => measureOf(features, index));
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
    writer.byte(this.#tails.length);
    for (const tails of this.#tails) tails.save(writer);
    this.#hours.save(writer);
  }

  /**
   * Writes each signal's surprise, in nats. What is surprising for the user and yet common among users is not surprising, nor is
   * what is rare among users and yet usual for this one: the lesser counts.
   */
  weigh(features: Features, nats: Float64Array): void {
    SIGNALS.forEach(({ unit }, index) => {
      const measure = measureOf(features, index);
      const rarity = this.#rarity(features, index);
      nats[index] = unit === 'nats' ? Math.min(rarity, Math.max(0, measure)) : rarity;
    });
  }

  writeRow(features: Features, row: Float64Array, at: number): void {
    SIGNALS.forEach(({ unit }, index) => {
      row[at + index] = unit === 'nats' ? measureOf(features, index) : this.#rarity(features, index);
    });
    writeTime(features, row, at + SIGNALS.length);
    row[at + SIGNALS.length + TIME_COLUMNS] = this.#hours.surprise(features);
  }

  #rarity(features: Features, index: number): number {
    return this.#tails[index]?.surprise(measureOf(features, index), features.category) ?? 0;
  }
}

function measureOf({ measures }: Features, index: number): number {
  return measures[index] ?? 0;
}
