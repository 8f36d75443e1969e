import type { NetworkName } from '../network/network-name.ts';
import type { CoveredRecords } from './commit-body.ts';
import type { Head, ShardPosition, SourcePosition } from './head.ts';
import { isApplied, nextLineOf } from './positions.ts';
import type { ReadRecord, RecordLine } from './record-lines.ts';

/** A record of the stream, read. */
export interface StreamRecord extends ReadRecord {
  readonly shard: string;
  readonly sequenceNumber: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
}

export interface SelectedLine extends RecordLine {
  readonly shard: string;
  readonly sequenceNumber: string;
}

/** What of some records is still to be applied to a network, in order, and the positions once it is. */
export interface Selection {
  readonly lines: readonly SelectedLine[];
  readonly shards: Readonly<Record<string, ShardPosition>>;
  readonly sources: Readonly<Record<string, SourcePosition>>;
  readonly covers: readonly CoveredRecords[];
}

/** Leaves out the records and lines that the head says have been applied. */
export function selectLines(head: Head, records: readonly StreamRecord[]): Selection {
  const lines: SelectedLine[] = [];
  const shards: Record<string, ShardPosition> = {};
  const sources: Record<string, SourcePosition> = {};
  const covers: Record<string, CoveredRecords> = {};
  for (const record of records) {
    const { shard, sequenceNumber, at } = record;
    if (!isFor(head.network, record) || isApplied(head, shard, sequenceNumber)) continue;
    lines.push(...newLines(head, record, sources));
    shards[shard] = { sequenceNumber, at };
    covers[shard] = { shard, first: covers[shard]?.first ?? sequenceNumber, last: sequenceNumber };
  }
  return { lines, shards, sources, covers: Object.values(covers) };
}

function isFor(network: NetworkName, { lines }: StreamRecord): boolean {
  return lines.some((line) => line.network === network);
}

/** The record's lines for the network; without those, where it has an envelope, that its source has put before. */
function newLines(head: Head, record: StreamRecord, sources: Record<string, SourcePosition>): SelectedLine[] {
  const { shard, sequenceNumber, at, envelope } = record;
  const own = record.lines
    .filter(({ network }) => network === head.network)
    .map((line) => ({ ...line, shard, sequenceNumber }));
  if (envelope === undefined) return own;
  const { source } = envelope;
  const next = sources[source]?.next ?? nextLineOf(head, source);
  const unseen = own.filter(({ offset = next }) => offset >= next);
  sources[source] = { next: Math.max(next, ...unseen.map(({ offset = next }) => offset + 1)), at };
  return unseen;
}
