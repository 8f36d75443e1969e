import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { TailTable } from './tail-table.ts';
import { valueAt } from './value-at.ts';

const MOST_CATEGORIES = 32;
/** A category with fewer transactions says less about its own tail than all of them together. */
const LEAST_IN_CATEGORY = 200;

/** What is rare in a category, for those that are common; for the others, what is rare among all. */
export class TailTables {
  readonly #all: TailTable;
  readonly #categories: ReadonlyMap<number, TailTable>;

  private constructor(all: TailTable, categories: ReadonlyMap<number, TailTable>) {
    this.#all = all;
    this.#categories = categories;
  }

  /** @param categories The digest of each value's category; none if it does not matter. */
  static fit(values: readonly number[], categories: readonly number[]): TailTables {
    const groups = new Map<number, number[]>();
    categories.forEach((category, index) => {
      const group = groups.get(category) ?? [];
      group.push(valueAt(values, index));
      groups.set(category, group);
    });
    const common = [...groups]
      .filter(([, group]) => group.length >= LEAST_IN_CATEGORY)
      .toSorted(([a, x], [b, y]) => y.length - x.length || a - b)
      .slice(0, MOST_CATEGORIES);
    return new TailTables(
      TailTable.fit(values),
      new Map(common.map(([category, group]) => [category, TailTable.fit(group)])),
    );
  }

  static restore(reader: ByteReader): TailTables {
    const all = TailTable.restore(reader);
    const categories = new Map<number, TailTable>();
    for (let left = reader.byte(); left > 0; left--) categories.set(reader.uint32(), TailTable.restore(reader));
    return new TailTables(all, categories);
  }

  save(writer: ByteWriter): void {
    this.#all.save(writer);
    writer.byte(this.#categories.size);
    for (const [category, table] of this.#categories) {
      writer.uint32(category);
      table.save(writer);
    }
  }

  surprise(value: number, category: number): number {
    return (this.#categories.get(category) ?? this.#all).surprise(value);
  }
}
