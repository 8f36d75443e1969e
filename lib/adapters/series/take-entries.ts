import { isReplaced, singleEntries, sizeOf, type Entry, type SingleEntry } from '../../core/series-cloud/entry.ts';
import { MOST_POINTS } from '../../core/series-cloud/message.ts';
import { joinOutcomes, type Outcome } from '../../core/series-cloud/reply.ts';
import { TAKEN_OVER, type Series } from '../../core/series-cloud/series.ts';
import { pointCount } from '../../core/series-cloud/series-head.ts';
import type { StoredPoint } from '../../core/series-cloud/stored-point.ts';
import { chunkReader, findInChunks, writeFullChunks, type ReadChunk } from './series-chunks.ts';
import type { SeriesStore } from './series-store.ts';

/** A message at hand; one with a key waits in the store. */
export interface Waiting {
  readonly key?: string;
  readonly entry: Entry;
}

export interface Dealt extends Waiting {
  readonly outcome: Outcome;
}

export interface TakeOptions {
  readonly store: SeriesStore;
  readonly now: () => number;
  readonly keptMs: number;
}

/** The series as it is stored: the number of its points, and its chunks. */
interface Stored {
  readonly count: number;
  readonly read: ReadChunk;
  readonly writeFull: () => Promise<void>;
}

/** Takes as many of the messages, in order, as one commit holds: their points, and the answers, stand in the head. */
export async function takeEntries(
  { store, now, keptMs }: TakeOptions,
  series: Series,
  waiting: readonly Waiting[],
): Promise<Dealt[]> {
  const stored = {
    count: pointCount(series.head),
    read: chunkReader(store, series.head),
    writeFull: () => writeFullChunks(store, series, now() + 2 * keptMs),
  };
  const dealt: Dealt[] = [];
  let size = 0;
  for (const each of waiting) {
    size += sizeOf(each.entry);
    if (size > MOST_POINTS && dealt.length > 0) break;
    dealt.push({ ...each, outcome: await take(series, each.entry, stored) });
  }
  return dealt;
}

async function take(series: Series, entry: Entry, stored: Stored): Promise<Outcome> {
  if (isReplaced(series.head, entry)) return { kind: 'answered', to: entry.to, text: TAKEN_OVER };
  const outcomes: Outcome[] = [];
  for (const single of singleEntries(entry)) outcomes.push(await takeSingle(series, single, stored));
  const [first] = outcomes;
  return entry.content.kind === 'list' || first === undefined ? joinOutcomes(entry.to, outcomes) : first;
}

async function takeSingle(series: Series, entry: SingleEntry, { count, read, writeFull }: Stored): Promise<Outcome> {
  const known = await find(series, entry, read);
  const isNew = known === undefined && entry.content.kind === 'point';
  // Only what is committed becomes a chunk: of the points that this commit adds, others know nothing yet.
  if (isNew && series.isFull && pointCount(series.head) === count) {
    await writeFull();
    series.beginChunk();
  }
  return series.take(entry, known);
}

async function find(series: Series, entry: SingleEntry, read: ReadChunk): Promise<StoredPoint | undefined> {
  const known = series.findInTail(entry);
  if (known !== undefined || !series.mayBeInChunks(entry)) return known;
  return findInChunks(read, series.head, entry);
}
