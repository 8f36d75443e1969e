import { addLine } from './covered-lines.ts';
import type { CoveredLines, CoveredRecords } from './commit-body.ts';
import type { Head, ShardPosition, SourcePosition } from './head.ts';
import { isDeleted } from './deletions.ts';
import { isApplied, nextLineOf } from './positions.ts';
import type { RecordLine } from './record-lines.ts';
import type { ArrivedRecord } from './records-by-network.ts';

export interface SelectedLine {
  readonly line: RecordLine;
  readonly record: ArrivedRecord;
}

/** What of some records is still to be applied to a network, in order, and the positions once it is. */
export interface Selection {
  readonly lines: readonly SelectedLine[];
  readonly shards: Readonly<Record<string, ShardPosition>>;
  readonly sources: Readonly<Record<string, SourcePosition>>;
  readonly covers: readonly CoveredRecords[];
  readonly sourceCovers: readonly CoveredLines[];
  /** They had been given up, and are put back. */
  readonly redriven?: true;
}

/** Leaves out the records and lines that the head says have been applied. All lines are of the head's network. */
export function selectLines(head: Head, records: readonly ArrivedRecord[]): Selection {
  const lines: SelectedLine[] = [];
  const shards: Record<string, ShardPosition> = {};
  const sources: Record<string, SourcePosition> = {};
  const covers: Record<string, CoveredRecords> = {};
  const sourceCovers: CoveredLines[] = [];
  for (const record of records) {
    const { shard, sequenceNumber, at } = record;
    if (isApplied(head, shard, sequenceNumber)) continue;
    const unseen = newLines(head, record, { sources, sourceCovers }).map((line) => ({ line, record }));
    lines.push(...((head.deleted ?? head.forgotten) ? unseen.filter((line) => !isDeleted(head, line)) : unseen));
    shards[shard] = { sequenceNumber, at };
    covers[shard] = { shard, first: covers[shard]?.first ?? sequenceNumber, last: sequenceNumber };
  }
  return { lines, shards, sources, covers: Object.values(covers), sourceCovers };
}

/** The record's lines without those, where it has an envelope, that its source has put before. Moves the source on. */
function newLines(
  head: Head,
  { envelope, lines, at }: ArrivedRecord,
  { sources, sourceCovers }: SourceProgress,
): readonly RecordLine[] {
  if (envelope === undefined) return lines;
  const { source } = envelope;
  const next = sources[source]?.next ?? nextLineOf(head, source);
  const unseen = lines.filter(({ offset = next }) => offset >= next);
  sources[source] = { next: (unseen.at(-1)?.offset ?? next - 1) + 1, at };
  for (const { offset = next } of unseen) addLine(sourceCovers, source, offset);
  return unseen;
}

interface SourceProgress {
  readonly sources: Record<string, SourcePosition>;
  readonly sourceCovers: CoveredLines[];
}
