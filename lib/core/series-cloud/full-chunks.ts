import { CHUNK_POINTS, type SeriesHead } from './series-head.ts';
import type { StoredPoint } from './stored-point.ts';

export interface Chunk {
  readonly index: number;
  readonly points: readonly StoredPoint[];
  /** The latest time of all points up to its end. */
  readonly latest: number;
}

/** The chunks that the tail of a head has filled. */
export function fullChunks({ chunks, tail, latestInChunks = -Infinity }: SeriesHead): Chunk[] {
  const full: Chunk[] = [];
  let latest = latestInChunks;
  for (let end = CHUNK_POINTS; end <= tail.length; end += CHUNK_POINTS) {
    const points = tail.slice(end - CHUNK_POINTS, end);
    latest = Math.max(latest, ...points.map(({ time }) => time));
    full.push({ index: chunks + full.length, points, latest });
  }
  return full;
}

/** The head beside those chunks, once they are written. */
export function withoutFullChunks(head: SeriesHead): SeriesHead {
  const full = fullChunks(head);
  const last = full.at(-1);
  if (last === undefined) return head;
  const tail = head.tail.slice(full.length * CHUNK_POINTS);
  return { ...head, chunks: head.chunks + full.length, tail, latestInChunks: last.latest };
}
