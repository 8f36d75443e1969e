import type { Head, ShardPosition, SourcePosition } from './head.ts';

/** A source that has been silent for so long does not put its last lines again. */
const SOURCE_SILENCE_MS = 24 * 60 * 60 * 1000;
/** Of more sources than this the longest silent are forgotten, so that the head fits into the 400 KB of an item whatever their names are. */
export const MOST_SOURCES = 400;

/** Whether a record of a shard has been applied to the network. */
export function isApplied(head: Head, shard: string, sequenceNumber: string): boolean {
  const position = head.shards[shard];
  return position !== undefined && BigInt(sequenceNumber) <= BigInt(position.sequenceNumber);
}

/** The first line of a source that has not been applied to the network. */
export function nextLineOf(head: Head, source: string): number {
  return head.sources[source]?.next ?? 0;
}

/** For how long, by what arrives, a silent shard and a silent source are remembered. */
export function memoryMs(retentionMs: number): { readonly shard: number; readonly source: number } {
  // A shard can be behind another one by the retention, and what it brings of a source is so much older.
  return { shard: 2 * retentionMs, source: SOURCE_SILENCE_MS + retentionMs };
}

export interface Advance {
  readonly shards: Readonly<Record<string, ShardPosition>>;
  readonly sources: Readonly<Record<string, SourcePosition>>;
  /** For how long the stream keeps its records: a shard silent for longer is closed, or has nothing left to repeat. */
  readonly retentionMs: number;
}

/** The positions after a batch. What is too old to be repeated is dropped; time is what the records say. */
export function advancePositions(
  head: Head,
  { shards, sources, retentionMs }: Advance,
): Pick<Head, 'shards' | 'sources'> {
  const now = Math.max(...Object.values(shards).map(({ at }) => at));
  const memory = memoryMs(retentionMs);
  const allShards = Object.entries({ ...head.shards, ...shards });
  const allSources = Object.entries({ ...head.sources, ...sources });
  return {
    shards: Object.fromEntries(allShards.filter(([, { at }]) => at >= now - memory.shard)),
    sources: Object.fromEntries(
      allSources
        .filter(([, { at }]) => at >= now - memory.source)
        .toSorted(([, a], [, b]) => b.at - a.at)
        .slice(0, MOST_SOURCES),
    ),
  };
}
