import type { Tally } from '../cloud/tally.ts';

/** What was counted of a shard's transactions: `events` are those that were judged, `flagged` the anomalous ones. */
export interface ShardTally {
  readonly shard: string;
  /** The sequence number of the last record that is counted. */
  readonly position: string;
  readonly tally: Tally;
}
