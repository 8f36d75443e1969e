import type { SeriesDetector } from '../series/series-detector.ts';
import { isReplaced, turnOf, type Entry } from './entry.ts';
import type { Point } from './message.ts';
import { roundScore } from './score-steps.ts';
import { CHUNK_POINTS, pointCount, type Reply, type SeriesHead } from './series-head.ts';
import { answerTo, type StoredPoint } from './stored-point.ts';

/** What became of an entry: it changed the series and is answered in its turn, or changed nothing. */
export type Outcome =
  | { readonly kind: 'taken'; readonly reply: Reply }
  | { readonly kind: 'answered'; readonly to: string; readonly text: string };

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
    return this.#head.tail.length === CHUNK_POINTS;
  }

  /** Goes on to the next chunk; that of the tail has been written. */
  beginChunk(): void {
    const { chunks, latest } = this.#head;
    this.#head = {
      ...this.#head,
      chunks: chunks + 1,
      tail: [],
      ...(latest !== undefined && { latestInChunks: latest }),
    };
  }

  /** Whether the entry's point may be among those of the full chunks. */
  mayBeInChunks({ content }: Entry): boolean {
    const { latestInChunks } = this.#head;
    return content.kind === 'point' && latestInChunks !== undefined && content.point.time <= latestInChunks;
  }

  findInTail(entry: Entry): StoredPoint | undefined {
    return findSame(this.#head, this.#head.tail, entry);
  }

  /** Takes an entry that is ready; `known` is the same point, if it is stored already. */
  take(entry: Entry, known: StoredPoint | undefined): Outcome {
    const { content, sequence } = entry;
    if (isReplaced(this.#head, entry)) return { kind: 'answered', to: entry.to, text: TAKEN_OVER };
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
  #settle(entry: Entry, text: string): Outcome {
    const turn = turnOf(this.#head, entry);
    if (turn === undefined || turn < this.#head.numbering.next) return { kind: 'answered', to: entry.to, text };
    this.#count(turn);
    return { kind: 'taken', reply: { to: entry.to, text } };
  }

  #takePoint(entry: Entry, point: Point): Outcome {
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
export function findSame(head: SeriesHead, points: readonly StoredPoint[], entry: Entry): StoredPoint | undefined {
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

/** The text of a reply of the last commit. */
export function replyText(head: SeriesHead, reply: Reply): string {
  if ('text' in reply) return reply.text;
  const point = head.tail[reply.place - head.chunks * CHUNK_POINTS];
  if (point === undefined) throw new RangeError(`the answer to point ${reply.place} is no longer in the head`);
  return JSON.stringify(answerTo(point, reply.sequence, false));
}
