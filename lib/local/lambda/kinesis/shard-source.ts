import type { ShardRecord } from './kinesis-event.ts';

/** A stream, as its readers see it. */
export interface ShardSource {
  listShards(): Promise<Shard[]>;
  /** Where to read on after a record; undefined: from the oldest record there is. */
  openShard(shardId: string, after: string | undefined): Promise<string>;
  /** @throws IteratorExpired */
  read(iterator: string, limit: number): Promise<ReadRecords>;
}

export interface Shard {
  readonly shardId: string;
  /** The shards that it was split or merged from. */
  readonly parents: readonly string[];
}

export interface ReadRecords {
  readonly records: readonly ShardRecord[];
  /** Undefined at the end of a closed shard. */
  readonly next: string | undefined;
  readonly millisBehindLatest: number;
}

/** Iterators live for five minutes. */
export class IteratorExpired extends Error {
  override readonly name = 'IteratorExpired';
}
