/** What has been applied, in total and minute by minute: part of what a commit replaces, so that nothing is counted twice. */
export interface Tally {
  readonly events: number;
  readonly flagged: number;
  readonly rejected: number;
  /** The last minutes in which events arrived, oldest first. */
  readonly minutes: readonly MinuteTally[];
  /** The last event of the last commit that applied any. */
  readonly latest?: AppliedEvent;
}

/** Times in milliseconds since 1970. */
interface AppliedEvent {
  readonly arrivedAt: number;
  readonly appliedAt: number;
}

/** Minutes since 1970, and the events that arrived in it. */
export type MinuteTally = readonly [minute: number, events: number, flagged: number];

/** What a commit adds. */
export interface Counted {
  readonly events: number;
  readonly flagged: number;
  readonly rejected: number;
  /** When the last of its events arrived, in milliseconds since 1970: it is counted under that minute. */
  readonly at: number;
  /** When they were applied, in milliseconds since 1970. */
  readonly appliedAt: number;
  /** They had been given up, and say nothing of how far behind the stream is. */
  readonly redriven?: true | undefined;
}

const MILLISECONDS = 60_000;
const KEPT_MINUTES = 60;

export const EMPTY_TALLY: Tally = { events: 0, flagged: 0, rejected: 0, minutes: [] };

export function addToTally(tally: Tally, counted: Counted): Tally {
  const minute = Math.floor(counted.at / MILLISECONDS);
  const latest = counted.redriven ? tally.latest : { arrivedAt: counted.at, appliedAt: counted.appliedAt };
  return {
    events: tally.events + counted.events,
    flagged: tally.flagged + counted.flagged,
    rejected: tally.rejected + counted.rejected,
    minutes: addMinutes(tally.minutes, [[minute, counted.events, counted.flagged]]),
    ...(latest && { latest }),
  };
}

/** Both, added up minute by minute: the last hour of them. */
export function addMinutes(some: readonly MinuteTally[], others: readonly MinuteTally[]): MinuteTally[] {
  const sums = new Map<number, MinuteTally>();
  for (const [minute, events, flagged] of [...some, ...others]) {
    const [, knownEvents, knownFlagged] = sums.get(minute) ?? [minute, 0, 0];
    sums.set(minute, [minute, knownEvents + events, knownFlagged + flagged]);
  }
  const latest = Math.max(...sums.keys());
  return Array.from(sums.values())
    .filter(([minute]) => minute > latest - KEPT_MINUTES)
    .toSorted(([a], [b]) => a - b);
}
