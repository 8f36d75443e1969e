import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Bins in an octave: neighbouring bins differ by 19 %, so that a quantile is off by half of that at most where bins are full. */
const BINS_IN_OCTAVE = 4;
const MOST_BINS = 32;
const FORGOTTEN = 0.05;
/** Bins are stored as bytes around this one, that of an amount of 1: from 1 in 10^9 up to 10^9, in 4 steps each octave. */
const MIDDLE = 128;

/** How a user's amounts are spread: a histogram in logarithms, after DDSketch (Masson, Rim & Lee 2019), of a bounded number of bins. */
export class AmountQuantiles {
  readonly #bins = new Map<number, number>();

  decay(factor: number): void {
    for (const [bin, weight] of this.#bins) {
      const left = Math.fround(weight * factor);
      if (left < FORGOTTEN) this.#bins.delete(bin);
      else this.#bins.set(bin, left);
    }
  }

  add(logAmount: number): void {
    this.#put(binOf(logAmount), 1);
    this.#collapse();
  }

  merge(other: AmountQuantiles): void {
    for (const [bin, weight] of other.#bins) this.#put(bin, weight);
    this.#collapse();
  }

  /** The amount below which this share of the amounts lies; undefined without any. */
  quantile(share: number): number | undefined {
    const sorted = [...this.#bins].toSorted(([a], [b]) => a - b);
    let left = share * sorted.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [bin, weight] of sorted) {
      if (left <= weight) return 2 ** ((bin - MIDDLE + left / weight) / BINS_IN_OCTAVE);
      left -= weight;
    }
    return undefined;
  }

  save(writer: ByteWriter): void {
    writer.byte(this.#bins.size);
    for (const [bin, weight] of this.#bins) {
      writer.byte(bin);
      writer.float(weight);
    }
  }

  restore(reader: ByteReader): void {
    for (let left = reader.byte(); left > 0; left--) this.#bins.set(reader.byte(), reader.float());
  }

  #put(bin: number, weight: number): void {
    this.#bins.set(bin, Math.fround((this.#bins.get(bin) ?? 0) + weight));
  }

  /** Gives the lightest bin to its nearest neighbour until no more are left than fit. */
  #collapse(): void {
    while (this.#bins.size > MOST_BINS) {
      const [[bin, weight] = [0, 0], ...others] = [...this.#bins].toSorted(([, a], [, b]) => a - b);
      const nearest = others.reduce(
        (near, [other]) => (Math.abs(other - bin) < Math.abs(near - bin) ? other : near),
        Infinity,
      );
      this.#bins.delete(bin);
      this.#put(nearest, weight);
    }
  }
}

function binOf(logAmount: number): number {
  const bin = Math.floor((logAmount / Math.LN2) * BINS_IN_OCTAVE) + MIDDLE;
  return Math.min(Math.max(bin, 0), 255);
}
