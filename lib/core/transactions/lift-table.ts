import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { valueAt } from './value-at.ts';

/** Quantiles of the values at which steps begin. */
const STEPS = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];
/** A step is held to no lift as if by so many transactions. */
const PRIOR = 20;

/**
 * How much more often than at large something holds where a value is high: the logarithm of the ratio, a weight of evidence (Good
 * 1950), rising in steps. Where the value tells nothing, it is 0 all over.
 */
export class LiftTable {
  readonly #starts: Float32Array;
  readonly #lifts: Float32Array;

  private constructor(starts: Float32Array, lifts: Float32Array) {
    this.#starts = starts;
    this.#lifts = lifts;
  }

  static fit(values: Float64Array, holds: (index: number) => boolean): LiftTable {
    const sorted = values.toSorted();
    const starts = [...new Set(STEPS.map((step) => valueAt(sorted, Math.floor(step * (sorted.length - 1)))))];
    const all = starts.map(() => 0);
    const held = starts.map(() => 0);
    values.forEach((value, index) => {
      const step = starts.findLastIndex((start) => start <= value);
      all[step] = valueAt(all, step) + 1;
      held[step] = valueAt(held, step) + Number(holds(index));
    });
    const base =
      Math.max(
        1,
        held.reduce((sum, count) => sum + count, 0),
      ) / values.length;
    let least = 0;
    const lifts = starts.map((_, step) => {
      least = Math.max(least, Math.log((valueAt(held, step) / base + PRIOR) / (valueAt(all, step) + PRIOR)));
      return least;
    });
    return new LiftTable(Float32Array.from(starts), Float32Array.from(lifts));
  }

  static restore(reader: ByteReader): LiftTable {
    const steps = reader.byte();
    return new LiftTable(reader.floats(steps), reader.floats(steps));
  }

  save(writer: ByteWriter): void {
    writer.byte(this.#starts.length);
    writer.floats(this.#starts);
    writer.floats(this.#lifts);
  }

  /** In nats. */
  lift(value: number): number {
    let step = this.#starts.length - 1;
    while (step > 0 && valueAt(this.#starts, step) > value) step--;
    return valueAt(this.#lifts, step);
  }
}
