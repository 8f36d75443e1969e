import { downSample } from './down-sample.ts';
import { windowBounds } from './window-bounds.ts';

interface Point {
  readonly time: number;
  readonly value: number;
  readonly anomaly: boolean;
  readonly alert: boolean;
  /** It was not learnt, and is in no window. */
  readonly late: boolean;
}

export interface SeriesView {
  /** Seconds since 1970, or places where the client's timestamps are no times. */
  readonly times: readonly number[];
  readonly isTime: boolean;
  readonly values: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly anomalies: readonly (number | null)[];
  readonly alerts: readonly (number | null)[];
}

interface ViewOptions {
  readonly window: number;
  /** The part that is looked at, in the unit of `times`. */
  readonly range?: readonly [number, number] | undefined;
  readonly most: number;
}

// Of September 2001 in milliseconds: smaller timestamps count something else.
const EARLIEST_TIME = 1e12;

/** What is drawn of a series: the points in the order of their times, down-sampled, with the bounds of the window. */
export function viewSeries(points: readonly Point[], { window, range, most }: ViewOptions): SeriesView {
  const sorted = isSorted(points) ? points : points.toSorted((a, b) => a.time - b.time);
  const isTime = (sorted[0]?.time ?? 0) > EARLIEST_TIME;
  const unit = isTime ? 1000 : 1;
  const bounds = boundsOf(sorted, window);
  const [from, to] = range ?? [-Infinity, Infinity];
  const first = firstFrom(sorted, from * unit);
  const end = firstFrom(sorted, to * unit + 1);
  // One more on each side, so that the line reaches the edges.
  const stretch = { first: Math.max(0, first - 1), end: Math.min(sorted.length, end + 1) };
  const drawn = downSample(sorted, stretch, most).flatMap((place) => {
    const point = sorted[place];
    return point === undefined ? [] : [{ point, lower: bounds.lower[place], upper: bounds.upper[place] }];
  });
  return {
    times: drawn.map(({ point }) => point.time / unit),
    isTime,
    values: drawn.map(({ point }) => point.value),
    lower: drawn.map(({ lower }) => known(lower)),
    upper: drawn.map(({ upper }) => known(upper)),
    anomalies: drawn.map(({ point }) => (point.anomaly ? point.value : null)),
    alerts: drawn.map(({ point }) => (point.alert ? point.value : null)),
  };
}

function isSorted(points: readonly Point[]): boolean {
  let before = -Infinity;
  for (const { time } of points) {
    if (time < before) return false;
    before = time;
  }
  return true;
}

/** The place of the first point at a time or after it. */
function firstFrom(points: readonly Point[], time: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle]?.time ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Loops over typed arrays: a live series of 100,000 points is gone through ten times a second.
function boundsOf(points: readonly Point[], window: number) {
  const learnt = new Float64Array(points.length);
  let count = 0;
  for (const { late, value } of points) if (!late) learnt[count++] = value;
  const bounds = windowBounds(learnt.subarray(0, count), window);
  return count === points.length
    ? bounds
    : { lower: spread(points, bounds.lower), upper: spread(points, bounds.upper) };
}

/** Bounds of the points that were learnt, at the places of all points. */
function spread(points: readonly Point[], bounds: Float64Array): Float64Array {
  let place = 0;
  return Float64Array.from(points, ({ late }) => (late ? Number.NaN : (bounds[place++] ?? Number.NaN)));
}

function known(bound: number | undefined): number | null {
  return bound === undefined || Number.isNaN(bound) ? null : bound;
}
