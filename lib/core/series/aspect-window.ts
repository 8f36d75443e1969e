import { ScalarForest } from './scalar-forest.ts';
import { SortedValues } from './sorted-values.ts';
import { Track } from './track.ts';

/** One aspect of a series at a point: its level (the value itself), or its change (the distance from the value before). */
export interface AspectPoint {
  readonly raw: number;
  /** The mean of the latest raw ones, this one included. */
  readonly short: number;
}

export interface AspectOptions {
  /** How many raw values the window holds. */
  readonly capacity: number;
  /** How many of them make a short mean. */
  readonly span: number;
  /** What Z-score and IQR judge. */
  readonly judged: keyof AspectPoint;
}

/** What the models see of one aspect of a series: all of it follows from the values in the window and their number. */
export class AspectWindow {
  readonly span: number;
  readonly judged: keyof AspectPoint;
  readonly raw: Track;
  readonly short: Track;
  /** The values of the track that is judged, in ascending order. */
  readonly sorted: SortedValues;
  /** Grown from short means. */
  readonly forest: ScalarForest;

  constructor({ capacity, span, judged }: AspectOptions) {
    this.span = span;
    this.judged = judged;
    this.raw = new Track(capacity);
    this.short = new Track(Math.max(1, capacity - span + 1));
    this.sorted = new SortedValues(this[judged].capacity + 1);
    this.forest = new ScalarForest(this.short);
  }

  /** The point that a raw value would be, if it came next. */
  pointOf(raw: number): AspectPoint {
    let sum = 0;
    // Seen from the new value: equal values have a mean of exactly theirs.
    const before = this.raw.latest(this.span - 1);
    for (const value of before) sum += value - raw;
    return { raw, short: raw + sum / (before.length + 1) };
  }

  /** `number` is how many values the series had before. */
  learn(point: AspectPoint, number: number): void {
    const leftRaw = this.raw.add(point.raw);
    // Only whole spans: what a shorter one would tell depends on where the window begins.
    const leftShort = this.raw.length >= this.span ? this.short.add(point.short) : undefined;
    if (this.judged === 'raw' || this.raw.length >= this.span) this.sorted.add(point[this.judged]);
    const left = this.judged === 'raw' ? leftRaw : leftShort;
    if (left !== undefined) this.sorted.remove(left);
    this.forest.learn(number);
  }
}
