import { addToTally, EMPTY_TALLY, type Counted, type Tally } from '../cloud/tally.ts';
import type { ShardTally } from './shard-tally.ts';

/** What became of a line of the stream that means to be a transaction. `nothing`: its transaction had been there before. */
export type LineOutcome = 'normal' | 'anomaly' | 'rejected' | 'nothing';

/** A line, or several of one record, with what became of it. */
export interface CountedLine {
  /** When its record arrived, in milliseconds since 1970. */
  readonly at: number;
  readonly outcome: LineOutcome;
}

const MINUTE_MS = 60_000;

/** Adds lines, in the order in which they arrived; `appliedAt` is in milliseconds since 1970. */
export function countLines(tally: Tally, lines: readonly CountedLine[], appliedAt: number): Tally {
  const minutes = new Map<number, Counted>();
  for (const { at, outcome } of lines) {
    const minute = Math.floor(at / MINUTE_MS);
    const { events, flagged, rejected } = minutes.get(minute) ?? EMPTY_TALLY;
    minutes.set(minute, {
      events: events + Number(outcome === 'normal' || outcome === 'anomaly'),
      flagged: flagged + Number(outcome === 'anomaly'),
      rejected: rejected + Number(outcome === 'rejected'),
      at,
      appliedAt,
    });
  }
  return Array.from(minutes.values()).reduce(addToTally, tally);
}

/** Whether a record is behind what is counted. */
export function isUncounted(counted: ShardTally | undefined, sequenceNumber: string): boolean {
  return counted === undefined || BigInt(sequenceNumber) > BigInt(counted.position);
}
