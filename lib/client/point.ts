/** One measured value of a series. */
export interface SeriesPoint {
  /** Text such as `2026-11-21 10:00:00`, or seconds since 1970; the answer repeats it. */
  readonly timestamp: string | number;
  readonly value: number;
}

/** A point with its place among the points of its client, from 1 (or `firstSequence`) and without gaps. */
export interface NumberedPoint extends SeriesPoint {
  readonly sequence: number;
}

/** What became of a point: it was judged, or refused. */
export type Outcome = ({ readonly kind: 'answer' } & Verdict) | { readonly kind: 'refusal'; readonly reason: string };

export interface Verdict {
  /** Whether most models find the point out of line with the window before it. */
  readonly anomaly: boolean;
  /** True once, at the onset of an anomalous episode. */
  readonly alert: boolean;
  /** Whether it came after points with a later timestamp. */
  readonly late: boolean;
  /** Whether it was stored before, as it is when an answer was lost; then the verdict is the stored one. */
  readonly duplicate: boolean;
  readonly score?: number;
  /** What each model says. */
  readonly votes?: Readonly<Record<string, boolean>>;
}

/** The answer to a point. */
export interface SeriesAnswer extends NumberedPoint, Verdict {
  /** From the first time the point was sent until its answer was there, in milliseconds. */
  readonly waited: number;
}

/** A point that the server does not take: it is not stored, and the others go on. */
export interface SeriesRefusal extends NumberedPoint {
  readonly reason: string;
}
