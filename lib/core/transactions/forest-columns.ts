import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Features } from './features.ts';
import { secondOfDay } from './hour-habits.ts';
import { RarityTable } from './rarity-table.ts';
import { valueAt } from './value-at.ts';

const DAY_ANGLE = (2 * Math.PI) / 86_400;

export const TIME_COLUMNS = 2;

/** The time of day as a point on a circle, so that midnight is beside midnight. */
export function writeTime({ time }: Features, row: Float64Array, at: number): void {
  const angle = secondOfDay(time) * DAY_ANGLE;
  row[at] = Math.sin(angle);
  row[at + 1] = Math.cos(angle);
}

/** The columns of the basic forest, as the specification has them: what a transaction is by itself. */
export class BasicColumns {
  readonly columns = TIME_COLUMNS + 4;
  readonly #median: number;
  readonly #quartileRange: number;
  readonly #categories: RarityTable;
  readonly #paymentMethods: RarityTable;

  private constructor(
    scale: readonly [median: number, quartileRange: number],
    rarities: readonly [RarityTable, RarityTable],
  ) {
    [this.#median, this.#quartileRange] = scale;
    [this.#categories, this.#paymentMethods] = rarities;
  }

  static fit(training: readonly Features[]): BasicColumns {
    const amounts = Float64Array.from(training, ({ logAmount }) => Math.exp(logAmount)).toSorted();
    const quantile = (share: number): number => valueAt(amounts, Math.floor((amounts.length - 1) * share));
    const quartileRange = quantile(0.75) - quantile(0.25);
    // Amounts that are all alike have no range to be measured by.
    const scale = [quantile(0.5), quartileRange > 0 ? quartileRange : 1] as const;
    const categories = RarityTable.fit(training.map(({ category }) => category));
    const paymentMethods = RarityTable.fit(training.map(({ paymentMethod }) => paymentMethod));
    return new BasicColumns(scale, [categories, paymentMethods]);
  }

  static restore(reader: ByteReader): BasicColumns {
    const scale = [reader.double(), reader.double()] as const;
    return new BasicColumns(scale, [RarityTable.restore(reader), RarityTable.restore(reader)]);
  }

  save(writer: ByteWriter): void {
    writer.double(this.#median);
    writer.double(this.#quartileRange);
    this.#categories.save(writer);
    this.#paymentMethods.save(writer);
  }

  writeRow(features: Features, row: Float64Array, at: number): void {
    writeTime(features, row, at);
    row[at + TIME_COLUMNS] = (Math.exp(features.logAmount) - this.#median) / this.#quartileRange;
    row[at + TIME_COLUMNS + 1] = Number(features.isUsualLocation);
    row[at + TIME_COLUMNS + 2] = this.#categories.rarity(features.category);
    row[at + TIME_COLUMNS + 3] = this.#paymentMethods.rarity(features.paymentMethod);
  }
}
