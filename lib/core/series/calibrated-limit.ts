import { FARTHEST } from './distance.ts';

/** The share of recent rates that is taken for usual. */
const PASSING = 0.99;

/** Rates weigh half as soon as there are twice so many. */
const MEMORY = 6000;

/** What a rate counts: so that it is forgotten in steps, not at once, when the counts are halved. */
const UNIT = 8;

/** 2^(1/4) */
const STEP = 1.189207115002721;

/** The lower edges of the bins, from 1, the textbook limit. */
const EDGES = edgesOf(64);

/**
 * A high quantile of recent rates, and at least 1. From a histogram of counts on a logarithmic scale that are halved again
 * and again: it is exact to save, and forgets.
 * Sources: Siffer et al., "Anomaly Detection in Streams with Extreme Value Theory", KDD 2017, for limits that are quantiles
 * of the past; Cormode et al., "Forward Decay", ICDE 2009, for histograms that forget.
 */
export class CalibratedLimit {
  /** Of bins that hold any: rates of at most 1 are counted in the total alone. */
  readonly #counts = new Uint32Array(EDGES.length);
  #total = 0;
  #quantile = 1;
  #limit = 1;
  #isCurrent = true;

  /** Interpolated within its bin. */
  get quantile(): number {
    this.#update();
    return this.#quantile;
  }

  /** The upper edge of the quantile's bin, so that what comes often, always as strong, is not above it. */
  get limit(): number {
    this.#update();
    return this.#limit;
  }

  count(rate: number): void {
    if (rate > 1) this.#counts[binOf(rate)]! += UNIT;
    this.#total += UNIT;
    if (this.#total >= 2 * MEMORY * UNIT) this.#halve();
    this.#isCurrent = false;
  }

  /** Whole numbers: the total, and the place and count of each bin that holds any. */
  save(): number[] {
    const bins = Array.from(this.#counts.entries()).filter(([, count]) => count > 0);
    return [this.#total, bins.length, ...bins.flat()];
  }

  /** Reads what `save` gave. */
  static restore(next: () => number): CalibratedLimit {
    const restored = new CalibratedLimit();
    restored.#total = next();
    for (let bins = next(); bins > 0; bins--) {
      const bin = next();
      restored.#counts[bin] = next();
    }
    restored.#isCurrent = false;
    return restored;
  }

  #halve(): void {
    this.#total >>>= 1;
    for (let bin = 0; bin < this.#counts.length; bin++) this.#counts[bin]! >>>= 1;
  }

  #update(): void {
    if (this.#isCurrent) return;
    this.#isCurrent = true;
    this.#quantile = 1;
    this.#limit = 1;
    let above = (1 - PASSING) * this.#total;
    for (let bin = EDGES.length - 1; bin >= 0; bin--) {
      const count = this.#counts[bin]!;
      if (count > above) return this.#place(bin, above / count);
      above -= count;
    }
  }

  /** The share of a bin's rates that are greater. */
  #place(bin: number, share: number): void {
    this.#limit = EDGES[bin + 1] ?? FARTHEST;
    this.#quantile = this.#limit - share * (this.#limit - EDGES[bin]!);
  }
}

/** The last bin whose edge is at most the rate. */
function binOf(rate: number): number {
  let low = 0;
  let high = EDGES.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (EDGES[middle]! <= rate) low = middle;
    else high = middle;
  }
  return low;
}

/** By multiplication alone, which is the same on every machine. */
function edgesOf(bins: number): readonly number[] {
  const edges = [1];
  while (edges.length < bins) edges.push(edges[edges.length - 1]! * STEP);
  return edges;
}
