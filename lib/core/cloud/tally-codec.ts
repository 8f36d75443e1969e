import { EMPTY_TALLY, type MinuteTally, type Tally } from './tally.ts';

/** A tally as JSON can hold it: a busy hour takes a kilobyte. */
export interface StoredTally {
  /** Each minute as what it is later than the one before, and its counts. Missing where nothing was counted yet. */
  readonly tally?: readonly [events: number, flagged: number, rejected: number, ...minutes: number[]];
  /** When the last event arrived, and how long after it that was applied. */
  readonly latest?: readonly [arrivedAt: number, delay: number];
}

export function encodeTally({ events, flagged, rejected, minutes, latest }: Tally): StoredTally {
  let before = 0;
  const flat = minutes.flatMap(([minute, ...counts]) => {
    const later = minute - before;
    before = minute;
    return [later, ...counts];
  });
  return {
    tally: [events, flagged, rejected, ...flat],
    ...(latest && { latest: [latest.arrivedAt, latest.appliedAt - latest.arrivedAt] as const }),
  };
}

export function decodeTally({ tally, latest }: StoredTally): Tally {
  if (tally === undefined) return EMPTY_TALLY;
  const [events, flagged, rejected, ...flat] = tally;
  const minutes: MinuteTally[] = [];
  let minute = 0;
  for (let at = 0; at < flat.length; at += 3) {
    const [later = 0, minuteEvents = 0, minuteFlagged = 0] = flat.slice(at, at + 3);
    minute += later;
    minutes.push([minute, minuteEvents, minuteFlagged]);
  }
  const applied = latest && { latest: { arrivedAt: latest[0], appliedAt: latest[0] + latest[1] } };
  return { events, flagged, rejected, minutes, ...applied };
}
