import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { valueAt } from './value-at.ts';

const KNOTS = 24;
/** Beyond this share of the values, or this many where that is more, the tail is taken to be exponential. */
const EXCESS_SHARE = 0.01;
const LEAST_EXCESSES = 10;
/** No value is more surprising than this: two in a thousand million. */
const MOST = 20;

/**
 * How rare it is to meet a value at least this high, in nats (-ln of the share of training values), read off the values themselves as
 * ECOD does (Li et al. 2022). Beyond all but the highest, the tail goes on exponentially, as tails of most kinds do (Pickands 1975).
 */
export class TailTable {
  /** Rising. */
  readonly #values: Float32Array;
  /** In nats, of each of the values. */
  readonly #surprises: Float32Array;
  /** Nats for each unit above the highest of the values. */
  readonly #slope: number;

  private constructor(values: Float32Array, surprises: Float32Array, slope: number) {
    this.#values = values;
    this.#surprises = surprises;
    this.#slope = slope;
  }

  /**
   * @param training At least one value, all finite.
   * @param exactAt A share of the values for which the table is to be exact: the one above which something is flagged.
   */
  static fit(training: Iterable<number>, exactAt = 1): TailTable {
    const sorted = Float32Array.from(training).toSorted();
    const count = sorted.length;
    const excesses = Math.min(count, Math.max(LEAST_EXCESSES, Math.ceil(count * EXCESS_SHARE)));
    const last = Math.log(count / excesses);
    const knots = new Map<number, number>();
    const surprises = Array.from({ length: KNOTS }, (_, knot) => (last * knot) / (KNOTS - 1));
    if (-Math.log(exactAt) < last) surprises.push(-Math.log(exactAt));
    for (const surprise of surprises.toSorted((a, b) => a - b)) {
      const value = valueAt(sorted, Math.min(count - excesses, Math.floor(count * (1 - Math.exp(-surprise)))));
      if (!knots.has(value)) knots.set(value, surprise);
    }
    const slope = slopeOf(sorted.subarray(count - excesses));
    return new TailTable(Float32Array.from(knots.keys()), Float32Array.from(knots.values()), Math.fround(slope));
  }

  static restore(reader: ByteReader): TailTable {
    const knots = reader.byte();
    return new TailTable(reader.floats(knots), reader.floats(knots), reader.float());
  }

  save(writer: ByteWriter): void {
    writer.byte(this.#values.length);
    writer.floats(this.#values);
    writer.floats(this.#surprises);
    writer.float(this.#slope);
  }

  /** In nats, from 0 to 20. */
  surprise(value: number): number {
    const values = this.#values;
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (valueAt(values, middle) <= value) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    const surprise = valueAt(this.#surprises, low - 1);
    const above = value - valueAt(values, low - 1);
    if (low === values.length) return Math.min(MOST, surprise + above * this.#slope);
    const step = (valueAt(this.#surprises, low) - surprise) / (valueAt(values, low) - valueAt(values, low - 1));
    return surprise + above * step;
  }
}

/** One by the mean of what the values are above the least of them. */
function slopeOf(tail: Float32Array): number {
  const least = valueAt(tail, 0);
  const mean = tail.reduce((sum, value) => sum + (value - least), 0) / tail.length;
  // All are alike: anything above has never been seen.
  return mean > 0 ? 1 / mean : MOST;
}
