import { UnreadableStateError } from '../cloud/unreadable-state-error.ts';
import { historyLength, SeriesDetector } from '../series/series-detector.ts';
import type { Limits } from '../series/series-options.ts';
import { CHUNK_POINTS, pointCount, type SeriesHead } from './series-head.ts';
import type { StoredPoint } from './stored-point.ts';

/** A detector as it was when chunks were full, behind all points that there were. */
export interface Checkpoint {
  /** The place of the point that it judges next. */
  readonly place: number;
  readonly window: number;
  readonly limits: Limits;
  readonly saved: Uint8Array;
}

/** Points of full chunks, the newest chunk first; within a chunk the oldest point first. */
type ChunksBackwards = Iterable<readonly StoredPoint[]>;

/**
 * The detector as of the last point of a head. From the checkpoint, the points of the tail behind it are judged again, which
 * gives what they gave, bit for bit. Without a fitting one (the window was changed, or what was saved is of another version)
 * a new detector learns the values before them.
 */
export function restoreDetector(
  head: SeriesHead,
  checkpoint: Checkpoint | undefined,
  chunks: ChunksBackwards,
): SeriesDetector {
  const { detector, place } = restored(head, checkpoint, chunks) ?? learnt(head, chunks);
  learnAgain(detector, head.tail.slice(place - head.chunks * CHUNK_POINTS));
  return detector;
}

/** Judges points again that were judged by a detector in the same state: afterwards, this one has the state that that one had. */
export function learnAgain(detector: SeriesDetector, points: readonly StoredPoint[]): void {
  for (const { late, value } of points) {
    if (!late) detector.learn(value, detector.score(value));
  }
}

/** A detector as it was before the point at a place. */
interface DetectorAt {
  readonly detector: SeriesDetector;
  readonly place: number;
}

function fits(head: SeriesHead, { place, window, limits }: Checkpoint): boolean {
  const isInTail = place >= head.chunks * CHUNK_POINTS && place <= pointCount(head);
  // One at the very place is of before the change: another window may have been there between two of the same.
  return isInTail && place > head.since && window === head.window && limits === head.limits;
}

function restored(
  head: SeriesHead,
  checkpoint: Checkpoint | undefined,
  chunks: ChunksBackwards,
): DetectorAt | undefined {
  if (checkpoint === undefined || !fits(head, checkpoint)) return undefined;
  const { window, limits } = head;
  const { place, saved } = checkpoint;
  try {
    const history = historyBefore(head, place, chunks);
    return { detector: SeriesDetector.restore({ window, limits, saved, history }), place };
  } catch (error) {
    if (error instanceof UnreadableStateError) return undefined;
    throw error;
  }
}

function learnt(head: SeriesHead, chunks: ChunksBackwards): DetectorAt {
  const detector = new SeriesDetector(head);
  const place = Math.max(head.since, head.chunks * CHUNK_POINTS);
  for (const value of historyBefore(head, place, chunks)) detector.learn(value);
  return { detector, place };
}

/** The last values before a place in the tail, those of late points left out, the oldest first. */
function historyBefore(head: SeriesHead, place: number, chunks: ChunksBackwards): number[] {
  const inTail = onTime(head.tail.slice(0, place - head.chunks * CHUNK_POINTS));
  const all = [...valuesIn(chunks), ...inTail];
  return all.slice(Math.max(0, all.length - historyLength(head.window)));
}

function valuesIn(chunks: ChunksBackwards): number[] {
  return Array.from(chunks, onTime).toReversed().flat();
}

function onTime(points: readonly StoredPoint[]): number[] {
  return points.filter(({ late }) => !late).map(({ value }) => value);
}
