import { learnAgain } from './restore-detector.ts';
import type { SeriesDetector } from '../series/series-detector.ts';
import { turnOf, type SingleEntry } from './entry.ts';
import { withoutFullChunks } from './full-chunks.ts';
import type { Point } from './message.ts';
import type { Outcome } from './reply.ts';
import { roundScore } from './score-steps.ts';
import { CHUNK_POINTS, pointCount, type SeriesHead } from './series-head.ts';
import { answerTo, type StoredPoint } from './stored-point.ts';

/** Tells a client that another connection has its id now. */
export const TAKEN_OVER = JSON.stringify({
  error: 'another connection of this client has taken over',
  code: 'taken-over',
});

/** A series in memory: its head, and the detector as of its last point. */
export class Series {
  readonly #detector: SeriesDetector;
  #head: SeriesHead;

  constructor(head: SeriesHead, detector: SeriesDetector) {
    this.#head = head;
    this.#detector = detector;
  }

  get head(): SeriesHead {
    return this.#head;
  }

  /** The detector as it is stored when a chunk is full. */
  get saved(): Uint8Array {
    return this.#detector.save();
  }

  get isFull(): boolean {
    return this.#head.tail.length >= CHUNK_POINTS;
  }

  /** Goes on without the chunks that the tail has filled; they have been written. */
  beginChunk(): void {
    this.#head = withoutFullChunks(this.#head);
  }

  /** Goes on to a later head, by the points that it has and this one has not; false if that does not lead there. */
  follow(head: SeriesHead): boolean {
    const { born, window, limits, since } = this.#head;
    const isSame = head.born === born && head.window === window && head.limits === limits && head.since === since;
    const known = pointCount(this.#head) - head.chunks * CHUNK_POINTS;
    if (!isSame || head.version < this.#head.version || known < 0 || known > head.tail.length) return false;
    learnAgain(this.#detector, head.tail.slice(known));
    this.#head = head;
    return true;
  }

  /** Whether the entry's point may be among those of the full chunks. */
  mayBeInChunks({ content }: SingleEntry): boolean {
    const { latestInChunks } = this.#head;
    return content.kind === 'point' && latestInChunks !== undefined && content.point.time <= latestInChunks;
  }

  findInTail(entry: SingleEntry): StoredPoint | undefined {
    return findSame(this.#head, this.#head.tail, entry);
  }

  /** Takes an entry that is ready; `known` is the same point, if it is stored already. */
  take(entry: SingleEntry, known: StoredPoint | undefined): Outcome {
    const { content, sequence } = entry;
    if (content.kind === 'fault') return this.#settle(entry, errorText({ ...content, sequence }));
    if (known === undefined) return this.#takePoint(entry, content.point);
    const { time, value } = content.point;
    const isSame = known.time === time && known.value === value;
    const reason = `sequence ${sequence} was given to another point before`;
    return this.#settle(
      entry,
      isSame ? JSON.stringify(answerTo(known, sequence, true)) : errorText({ sequence, reason }),
    );
  }

  /** The head as what was taken makes it, to be committed. */
  confirm(change: Partial<SeriesHead>): SeriesHead {
    this.#head = { ...this.#head, version: this.#head.version + 1, ...change };
    return this.#head;
  }

  /** Answers what is no new point; a number that is due counts as dealt with. */
  #settle(entry: SingleEntry, text: string): Outcome {
    const turn = turnOf(this.#head, entry);
    if (turn === undefined || turn < this.#head.numbering.next) return { kind: 'answered', to: entry.to, text };
    this.#count(turn);
    return { kind: 'taken', reply: { to: entry.to, text } };
  }

  #takePoint(entry: SingleEntry, point: Point): Outcome {
    const { to, sequence } = entry;
    const turn = turnOf(this.#head, entry);
    const numbered = turn === undefined ? {} : { numbered: { scope: this.#head.numbering.scope, sequence: turn } };
    const place = pointCount(this.#head);
    const stored: StoredPoint = { ...point, ...this.#judge(point), ...numbered };
    const { latest = -Infinity, tail, anomalies, alerts } = this.#head;
    this.#head = {
      ...this.#head,
      tail: [...tail, stored],
      latest: Math.max(latest, point.time),
      anomalies: anomalies + Number(stored.anomaly),
      alerts: alerts + Number(stored.alert),
    };
    if (turn !== undefined) this.#count(turn);
    return { kind: 'taken', reply: { to, ...(sequence !== undefined && { sequence }), place } };
  }

  /** A late point is judged by the window as it is, which it does not enter; and it begins no episode. */
  #judge({ time, value }: Point): Pick<StoredPoint, 'late' | 'anomaly' | 'alert' | 'score' | 'votes'> {
    const { latest = -Infinity } = this.#head;
    const verdict = this.#detector.score(value);
    const { anomaly, votes } = verdict;
    const score = roundScore(verdict.score, anomaly);
    if (time < latest) return { late: true, anomaly, alert: false, score, votes };
    this.#detector.learn(value, verdict);
    return { late: false, anomaly, alert: verdict.alert, score, votes };
  }

  #count(turn: number): void {
    const { numbering } = this.#head;
    this.#head = { ...this.#head, numbering: { ...numbering, next: Math.max(numbering.next, turn + 1) } };
  }
}

/** The same point among others: that of the same number, or, unless both are numbered by the same source, of the same time and value. */
export function findSame(
  head: SeriesHead,
  points: readonly StoredPoint[],
  entry: SingleEntry,
): StoredPoint | undefined {
  const { content } = entry;
  if (content.kind === 'fault') return undefined;
  const turn = turnOf(head, entry);
  return points.findLast(({ numbered, time, value }) =>
    turn !== undefined && numbered?.scope === head.numbering.scope
      ? numbered.sequence === turn
      : time === content.point.time && value === content.point.value,
  );
}

interface Fault {
  readonly reason: string;
  readonly sequence?: number | undefined;
  readonly timestamp?: string | number | undefined;
}

/** What is said of a message that is no point; what of it could be read is repeated. */
export function errorText({ reason, sequence, timestamp }: Fault): string {
  return JSON.stringify({ error: reason, sequence, timestamp });
}
