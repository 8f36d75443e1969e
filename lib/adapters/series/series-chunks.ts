import type { SingleEntry } from '../../core/series-cloud/entry.ts';
import { fullChunks, type Chunk } from '../../core/series-cloud/full-chunks.ts';
import { restoreDetector } from '../../core/series-cloud/restore-detector.ts';
import { findSame, Series } from '../../core/series-cloud/series.ts';
import { CHUNK_POINTS, pointCount, type SeriesHead } from '../../core/series-cloud/series-head.ts';
import type { StoredPoint } from '../../core/series-cloud/stored-point.ts';
import { historyLength } from '../../core/series/series-detector.ts';
import type { SeriesStore } from './series-store.ts';

/** The series of a head, from nothing: its detector is worked out from what is stored. */
export async function loadSeries(store: SeriesStore, head: SeriesHead): Promise<Series> {
  const checkpoint = await store.readCheckpoint(head);
  const chunks = await chunksOfWindow(store, head);
  return new Series(
    head,
    restoreDetector(
      head,
      checkpoint,
      chunks.map(({ points }) => points),
    ),
  );
}

/** Writes the chunks that the tail has filled, and the detector behind it. They follow from the committed head: whoever does it writes the same. */
export async function writeFullChunks(store: SeriesStore, series: Series, expires: number): Promise<void> {
  const { head, saved } = series;
  const { window, limits } = head;
  await Promise.all(fullChunks(head).map((chunk) => store.writeChunk(head, chunk, expires)));
  await store.writeCheckpoint(head, { place: pointCount(head), window, limits, saved }, expires);
}

/** Writes what a detector is restored from once more, so that it stays for longer. */
export async function keepChunks(store: SeriesStore, head: SeriesHead, expires: number): Promise<void> {
  for (const chunk of await chunksOfWindow(store, head)) await store.writeChunk(head, chunk, expires);
  const checkpoint = await store.readCheckpoint(head);
  if (checkpoint !== undefined) await store.writeCheckpoint(head, checkpoint, expires);
}

/**
 * The same point among the full chunks. They are in the order of their latest times: so one that came in time is in the first
 * chunk that reaches up to its time, and a late one somewhere behind that.
 */
export async function findInChunks(
  read: ReadChunk,
  head: SeriesHead,
  entry: SingleEntry,
): Promise<StoredPoint | undefined> {
  const { content } = entry;
  if (content.kind === 'fault') return undefined;
  for (let index = await firstReaching(content.point.time, head.chunks, read); index < head.chunks; index++) {
    const found = findSame(head, (await read(index))?.points ?? [], entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first chunk that reaches up to a time. Mostly it is one of the last: these are looked at first, then further and further back. */
async function firstReaching(time: number, chunks: number, read: ReadChunk): Promise<number> {
  const reaches = async (index: number): Promise<boolean> => ((await read(index))?.latest ?? -Infinity) >= time;
  let reaching = chunks - 1;
  let short = -1;
  for (let step = 1; reaching - step > short; step *= 2) {
    if (await reaches(reaching - step)) reaching -= step;
    else short = reaching - step;
  }
  while (reaching - short > 1) {
    const middle = Math.floor((reaching + short) / 2);
    if (await reaches(middle)) reaching = middle;
    else short = middle;
  }
  return reaching;
}

export type ReadChunk = (index: number) => Promise<Chunk | undefined>;

/** Reads the chunks of a series, each once. */
export function chunkReader(store: SeriesStore, head: SeriesHead): ReadChunk {
  const known = new Map<number, Chunk | undefined>();
  return async (index) => {
    if (!known.has(index)) known.set(index, await store.readChunk(head, index));
    return known.get(index);
  };
}

/** The full chunks that hold the detector's values, the newest first. */
async function chunksOfWindow(store: SeriesStore, head: SeriesHead): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  let missing = historyLength(head.window);
  const atATime = Math.ceil(missing / CHUNK_POINTS) + 1;
  if (head.chunks === 0) return chunks;
  for await (const chunk of store.readChunksBefore(head, head.chunks, atATime)) {
    chunks.push(chunk);
    missing -= chunk.points.filter(({ late }) => !late).length;
    if (missing <= 0) break;
  }
  return chunks;
}
