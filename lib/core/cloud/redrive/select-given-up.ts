import { isDeleted } from '../deletions.ts';
import { addLine } from '../covered-lines.ts';
import type { CoveredLines, CoveredRecords } from '../commit-body.ts';
import type { Head, ShardPosition, SourcePosition } from '../head.ts';
import { isApplied, nextLineOf } from '../positions.ts';
import type { ArrivedRecord } from '../records-by-network.ts';
import type { SelectedLine, Selection } from '../select-lines.ts';
import type { Lane, Place } from './lanes.ts';
import type { Verdict, Verdicts } from './verdicts.ts';

/** What of some records that were given up is still to be applied to a network. */
export interface GivenUp {
  readonly selection: Selection;
  /** Lines. */
  readonly applied: number;
  /** Lines that nobody can tell of whether they are applied: the history is gone. */
  readonly unknown: number;
  /** Lines that were put before the network, or a user in them, was deleted. */
  readonly deleted: number;
}

/** All places of the records and their lines, by lane, in order. */
export function placesIn(
  records: readonly ArrivedRecord[],
): { readonly lane: Lane; readonly places: readonly Place[] }[] {
  const lanes = new Map<string, { lane: Lane; places: Place[] }>();
  const add = (lane: Lane, place: Place): void => {
    const key = `${lane.kind} ${lane.name}`;
    const known = lanes.get(key) ?? { lane, places: [] };
    known.places.push(place);
    lanes.set(key, known);
  };
  for (const { shard, sequenceNumber, at, envelope, lines } of records) {
    add({ kind: 'shard', name: shard }, { number: BigInt(sequenceNumber), at });
    for (const { offset } of lines) {
      if (envelope === undefined || offset === undefined) continue;
      add({ kind: 'source', name: envelope.source }, { number: BigInt(offset), at });
    }
  }
  return [...lanes.values()].map(({ lane, places }) => ({ lane, places: places.toSorted(byNumber) }));
}

/**
 * Selects what is left, in the order of the stream. All lines are of the head's network, and all records that the stream held of it
 * between the first and the last are among them.
 */
export function selectGivenUp(head: Head, records: readonly ArrivedRecord[], verdicts: Verdicts): GivenUp {
  const lines: SelectedLine[] = [];
  const counts = { applied: 0, unknown: 0, deleted: 0 };
  const known = new Set<ArrivedRecord>();
  const taken = new Set<string>();
  for (const record of records) {
    const found = record.lines.map((line) => ({ line, fate: fateOf(head, { record, line }, { verdicts, taken }) }));
    // A record is put back as a whole or not at all.
    const isKnown = found.every(({ fate }) => fate !== 'unknown');
    if (isKnown) known.add(record);
    for (const { line, fate } of found) {
      if (fate !== 'left') counts[fate]++;
      else if (isKnown) lines.push({ line, record });
      else counts.unknown++;
    }
  }
  return { selection: { lines, redriven: true, ...advanceOf(head, records, known) }, ...counts };
}

interface Known {
  readonly verdicts: Verdicts;
  /** Of the lines that a source has put twice, both of which were given up, one is taken. */
  readonly taken: Set<string>;
}

function fateOf(head: Head, { record, line }: SelectedLine, { verdicts, taken }: Known): Verdict | 'deleted' {
  if (isDeleted(head, { record, line })) return 'deleted';
  const { shard, sequenceNumber, envelope } = record;
  const ofRecord = verdicts.of({ kind: 'shard', name: shard }, BigInt(sequenceNumber));
  if (envelope === undefined || line.offset === undefined) return ofRecord;
  const { source } = envelope;
  // A commit that covers the record has passed over a line that comes again, though what had it first was given up.
  const ofLine = verdicts.of({ kind: 'source', name: source }, BigInt(line.offset));
  if (ofLine === 'unknown') return ofRecord === 'applied' ? 'applied' : 'unknown';
  if (ofLine === 'applied') return 'applied';
  const key = `${line.offset} ${source}`;
  if (taken.has(key)) return 'applied';
  taken.add(key);
  return 'left';
}

/**
 * What is true once this is committed. The positions go on to the last record, so that no invocation that has been given up for
 * dead can still apply one of them.
 */
function advanceOf(
  head: Head,
  records: readonly ArrivedRecord[],
  known: ReadonlySet<ArrivedRecord>,
): Omit<Selection, 'lines' | 'redriven'> {
  const shards: Record<string, ShardPosition> = {};
  const sources: Record<string, SourcePosition> = {};
  const covers: CoveredRecords[] = [];
  const sourceCovers: CoveredLines[] = [];
  let isRun = false;
  for (const record of records) {
    const { shard, sequenceNumber, at } = record;
    const last = covers.at(-1);
    if (!known.has(record)) isRun = false;
    else {
      if (isRun && last?.shard === shard) covers.splice(-1, 1, { ...last, last: sequenceNumber });
      else covers.push({ shard, first: sequenceNumber, last: sequenceNumber });
      isRun = true;
      if (!isApplied(head, shard, sequenceNumber)) shards[shard] = { sequenceNumber, at };
      for (const { source, offset } of numberedLines(record)) {
        addLine(sourceCovers, source, offset);
        if (offset >= (sources[source]?.next ?? nextLineOf(head, source))) sources[source] = { next: offset + 1, at };
      }
    }
  }
  return { shards, sources, covers, sourceCovers };
}

function numberedLines({ envelope, lines }: ArrivedRecord): { source: string; offset: number }[] {
  if (envelope === undefined) return [];
  return lines.flatMap(({ offset }) => (offset === undefined ? [] : [{ source: envelope.source, offset }]));
}

function byNumber(one: Place, other: Place): number {
  return one.number < other.number ? -1 : Number(one.number > other.number);
}
