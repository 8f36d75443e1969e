import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Features } from './features.ts';
import { HourHabits, HOURS, secondOfDay } from './hour-habits.ts';
import { valueAt } from './value-at.ts';

const MOST_CATEGORIES = 32;

/** How rare each hour of the day is in a category, in nats, among all users; for the rarer categories, in all of them together. */
export class HourTables {
  readonly #all: Float32Array;
  readonly #categories: ReadonlyMap<number, Float32Array>;

  private constructor(all: Float32Array, categories: ReadonlyMap<number, Float32Array>) {
    this.#all = all;
    this.#categories = categories;
  }

  static fit(training: readonly Features[]): HourTables {
    const all = new HourHabits();
    const groups = new Map<number, { hours: HourHabits; count: number }>();
    for (const { time, category } of training) {
      const group = groups.get(category) ?? { hours: new HourHabits(), count: 0 };
      groups.set(category, group);
      group.hours.add(time);
      group.count++;
      all.add(time);
    }
    const commonest = [...groups].toSorted(([a, x], [b, y]) => y.count - x.count || a - b).slice(0, MOST_CATEGORIES);
    return new HourTables(tailsOf(all), new Map(commonest.map(([category, { hours }]) => [category, tailsOf(hours)])));
  }

  static restore(reader: ByteReader): HourTables {
    const all = reader.floats(HOURS);
    const categories = new Map<number, Float32Array>();
    for (let left = reader.byte(); left > 0; left--) categories.set(reader.uint32(), reader.floats(HOURS));
    return new HourTables(all, categories);
  }

  save(writer: ByteWriter): void {
    writer.floats(this.#all);
    writer.byte(this.#categories.size);
    for (const [category, tails] of this.#categories) {
      writer.uint32(category);
      writer.floats(tails);
    }
  }

  surprise({ category, time }: Features): number {
    return valueAt(this.#categories.get(category) ?? this.#all, Math.floor(secondOfDay(time) / 3600));
  }
}

function tailsOf(hours: HourHabits): Float32Array {
  return Float32Array.from({ length: HOURS }, (_, hour) => -Math.log(hours.tail(hour * 3600)));
}
