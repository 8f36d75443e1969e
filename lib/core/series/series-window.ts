import { AspectWindow, type AspectPoint } from './aspect-window.ts';
import { distanceBetween } from './distance.ts';

export const ASPECTS = ['level', 'change'] as const;

export type Aspect = (typeof ASPECTS)[number];

export type SeriesPoint = Readonly<Record<Aspect, AspectPoint>>;

/** Short means are of 15 values, and of at most a quarter of the window. */
const LONGEST_SPAN = 15;

/** Far beyond every measurement, and its square is still a double: greater values count as this. */
const GREATEST = 1e150;

/**
 * The last values of a series, by their level and by their change. The change (Montgomery, "Introduction to Statistical
 * Quality Control", section 6.4: the chart for individuals and the moving range) tells when a series that stays where it
 * was turns rough, or still.
 */
export class SeriesWindow implements Readonly<Record<Aspect, AspectWindow>> {
  readonly level: AspectWindow;
  readonly change: AspectWindow;
  /** How many values the series had so far. */
  #number: number;

  constructor(window: number, number = 0) {
    const span = Math.min(LONGEST_SPAN, Math.max(1, Math.floor(window / 4)));
    this.level = new AspectWindow({ capacity: window, span, judged: 'raw' });
    // Single changes are as noisy as noise gets: their short mean is what tells.
    this.change = new AspectWindow({ capacity: window - 1, span, judged: 'short' });
    this.#number = number;
  }

  get number(): number {
    return this.#number;
  }

  get length(): number {
    return this.level.raw.length;
  }

  /** The point that a finite value would be, if it came next. */
  pointOf(value: number): SeriesPoint {
    const bounded = Math.max(-GREATEST, Math.min(GREATEST, value));
    return { level: this.level.pointOf(bounded), change: this.change.pointOf(this.#changeTo(bounded)) };
  }

  learn({ level, change }: SeriesPoint): void {
    // The first value of a window has no change: where it came from may not be known any more.
    if (this.length > 0) this.change.learn(change, this.#number);
    this.level.learn(level, this.#number++);
  }

  #changeTo(value: number): number {
    const [last = value] = this.level.raw.latest(1);
    return distanceBetween(value, last);
  }
}
