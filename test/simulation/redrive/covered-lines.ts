import type { CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import { linesOfRecord, type SentLine } from '../check/record-lines.ts';
import type { Shard, ShardRecord } from '../services/simulated-kinesis.ts';

export interface CoveredLine {
  readonly line: SentLine;
  readonly record: ShardRecord;
}

/**
 * Which lines each commit of a network applies, where batches are given up: the records that its body says it covers, without
 * what was applied before. The stream brings nothing again that is behind its source, for it was put before; if that was given up,
 * whichever of the two is put back first is applied.
 */
export class CoveredLines {
  readonly faults: string[] = [];
  readonly #network: string;
  readonly #shards: readonly Shard[];
  readonly #records = new Set<ShardRecord>();
  readonly #numbered = new Set<string>();
  readonly #nextOffsets = new Map<string, number>();

  constructor(network: string, shards: readonly Shard[]) {
    this.#network = network;
    this.#shards = shards;
  }

  /** In the order in which they are applied. */
  of({ version, covers, redriven }: CommitBody): CoveredLine[] {
    const records = covers.flatMap(({ shard: id, first, last }) => {
      const all = this.#shards.find((shard) => shard.id === id)?.records ?? [];
      return all.filter(
        ({ sequenceNumber: number }) => BigInt(first) <= BigInt(number) && BigInt(number) <= BigInt(last),
      );
    });
    return records.flatMap((record) => {
      const own = this.#ownLines(record);
      const isKnown = this.#records.has(record);
      if (isKnown && redriven === undefined && own.length > 0) {
        this.faults.push(`version ${version} applies ${record.sequenceNumber} of ${record.shard} again`);
      }
      this.#records.add(record);
      // Of a record that a commit has covered, numbered lines can be left, which were passed over as if put before.
      const left = isKnown ? own.filter(({ source }) => source !== undefined) : own;
      return left.filter((line) => this.#isNew(line, redriven === true)).map((line) => ({ line, record }));
    });
  }

  /** Lines that no commit has applied. */
  left(): CoveredLine[] {
    const records = this.#shards.flatMap((shard) => shard.records).filter((record) => !this.#records.has(record));
    return records.flatMap((record) =>
      this.#ownLines(record)
        .filter((line) => !this.#numbered.has(keyOf(line)))
        .map((line) => ({ line, record })),
    );
  }

  #ownLines(record: ShardRecord): SentLine[] {
    return linesOfRecord(record).filter(({ network }) => network === this.#network);
  }

  #isNew(line: SentLine, isRedriven: boolean): boolean {
    const { source, offset } = line;
    if (source === undefined || offset === undefined) return true;
    const next = this.#nextOffsets.get(source) ?? 0;
    if (this.#numbered.has(keyOf(line)) || (!isRedriven && offset < next)) return false;
    this.#numbered.add(keyOf(line));
    this.#nextOffsets.set(source, Math.max(next, offset + 1));
    return true;
  }
}

/** Lines without a number differ from all others. */
function keyOf({ source, offset }: SentLine): string {
  return source === undefined ? '' : `${offset} ${source}`;
}
