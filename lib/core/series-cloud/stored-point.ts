import type { ModelName } from '../series/models.ts';
import type { Verdict } from '../series/verdict.ts';
import type { Point } from './message.ts';

/** A point as it is kept, with what was said of it. */
export interface StoredPoint extends Point, Verdict {
  /** Whether a point with a later time was there before it. */
  readonly late: boolean;
  /** Its number, and within which source of its client. */
  readonly numbered?: PointNumber;
}

export interface PointNumber {
  /** The how manieth source of the client. */
  readonly scope: number;
  readonly sequence: number;
}

/** The answer to a point, as it goes over the wire. */
export interface PointAnswer {
  readonly sequence?: number;
  readonly timestamp: string | number;
  readonly anomaly: boolean;
  readonly alert: boolean;
  readonly score: number;
  readonly votes: Readonly<Record<ModelName, boolean>>;
  readonly late?: true;
  readonly duplicate?: true;
}

export function answerTo(point: StoredPoint, sequence: number | undefined, isDuplicate: boolean): PointAnswer {
  const { timestamp, anomaly, alert, score, votes, late } = point;
  return {
    ...(sequence !== undefined && { sequence }),
    timestamp,
    anomaly,
    alert,
    score,
    votes,
    ...(late && { late }),
    ...(isDuplicate && { duplicate: true }),
  };
}
