import type { ShardTally } from '../../core/transactions-cloud/shard-tally.ts';

/** How many transactions of each shard were judged, and up to where they are counted. Every read is strongly consistent. */
export interface TallyStore {
  /** Undefined for a shard of which nothing is counted. */
  read(shard: string): Promise<ShardTally | undefined>;
  /**
   * Replaces the tally of a shard if the stored one still stands at a position (undefined: if there is none); false if it does
   * not. A lost reply shows as an error, or as false after the tally was in fact written.
   */
  write(tally: ShardTally, before: string | undefined): Promise<boolean>;
  /** Of all shards that there have ever been. */
  readAll(): Promise<ShardTally[]>;
}
