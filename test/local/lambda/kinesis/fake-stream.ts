import {
  IteratorExpired,
  type ReadRecords,
  type Shard,
  type ShardSource,
} from '../../../../lib/local/lambda/kinesis/shard-source.ts';
import type { ShardRecord } from '../../../../lib/local/lambda/kinesis/kinesis-event.ts';

export function record(sequenceNumber: number, changes: Partial<ShardRecord> = {}): ShardRecord {
  const data = new TextEncoder().encode(`data ${sequenceNumber}`);
  return {
    sequenceNumber: String(sequenceNumber),
    partitionKey: 'k',
    data,
    arrivedAt: Date.UTC(2026, 0, 1),
    ...changes,
  };
}

export function records(first: number, last: number): ShardRecord[] {
  return Array.from({ length: last - first + 1 }, (_, place) => record(first + place));
}

interface FakeShard extends Shard {
  readonly records: ShardRecord[];
  isClosed: boolean;
}

/** A stream in memory. */
export class FakeStream implements ShardSource {
  readonly shards: FakeShard[] = [];
  /** Iterators expire before each read while this is more than 0. */
  expiries = 0;
  /** Reads fail while this is more than 0. */
  troubles = 0;

  add(shardId: string, shardRecords: readonly ShardRecord[] = [], parents: readonly string[] = []): FakeShard {
    const shard = { shardId, parents, records: [...shardRecords], isClosed: false };
    this.shards.push(shard);
    return shard;
  }

  async listShards(): Promise<Shard[]> {
    return this.shards;
  }

  async openShard(shardId: string, after: string | undefined): Promise<string> {
    const shard = this.shards.find((candidate) => candidate.shardId === shardId)!;
    const next = shard.records.findIndex(
      ({ sequenceNumber }) => after === undefined || BigInt(sequenceNumber) > BigInt(after),
    );
    return `${shardId}/${next < 0 ? shard.records.length : next}`;
  }

  async read(iterator: string, limit: number): Promise<ReadRecords> {
    if (this.expiries-- > 0) throw new IteratorExpired();
    if (this.troubles-- > 0) throw new Error('the stream is in trouble');
    const [shardId, place] = iterator.split('/');
    const shard = this.shards.find((candidate) => candidate.shardId === shardId)!;
    const read = shard.records.slice(Number(place), Number(place) + limit);
    const end = Number(place) + read.length;
    const isAtEnd = shard.isClosed && end === shard.records.length;
    return { records: read, next: isAtEnd ? undefined : `${shardId}/${end}`, millisBehindLatest: 0 };
  }
}
