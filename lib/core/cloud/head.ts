import type { NetworkParameters } from '../events/log-header.ts';
import type { NetworkName } from '../network/network-name.ts';
import type { Tally } from './tally.ts';

/**
 * What is true of a network in the cloud: its one commit point. Everything that changes a network (a batch of events, a
 * load, new parameters) replaces its head by one of the next version, on the condition that nobody else has done so.
 */
export interface Head {
  readonly network: NetworkName;
  /** Commits so far; 0 for a network that nothing has been committed to. Never reset. */
  readonly version: number;
  /** Which set of stored users is the network's: each load writes a set of its own. */
  readonly generation: string;
  /** Batch logs loaded so far. */
  readonly load: number;
  readonly parameters: NetworkParameters;
  /** Purchases kept per user: the largest T that can be chosen. */
  readonly kept: number;
  /** The sequence number of the network's next purchase. */
  readonly sequence: number;
  /** The last record applied of each shard, by its id. */
  readonly shards: Readonly<Record<string, ShardPosition>>;
  /** The first line not yet applied of each source, by its name. */
  readonly sources: Readonly<Record<string, SourcePosition>>;
  /** The stored users are up to date with this version at least; later commits are to be replayed from their bodies. */
  readonly flushed: number;
  /**
   * The tokens of the latest commits, oldest first: the last one is this version's. With its token a commit's body is found,
   * see object-keys.ts; one that starts with `~` is of a commit without a body. Reaches back to `flushed` at least.
   */
  readonly bodies: readonly string[];
  /** The batch logs that were loaded last, by their keys: plain, zipped, and for the default network with its name or without. */
  readonly loaded: Readonly<Record<string, LoadedLog>>;
  /** What came over the stream and was applied. */
  readonly tally: Tally;
  /** When all that was known of the network was deleted; missing where it was not, or long ago. */
  readonly deleted?: Deletion;
  /** Likewise of users, by their names as of name-of.ts. */
  readonly forgotten?: Readonly<Record<string, Deletion>>;
}

/** What was put before is not the network's, whenever it comes: so nothing that is under way can bring it back. */
export interface Deletion {
  /** The commit that it is. */
  readonly version: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

export interface ShardPosition {
  readonly sequenceNumber: string;
  /** When that record arrived, in milliseconds since 1970. */
  readonly at: number;
}

export interface SourcePosition {
  readonly next: number;
  /** When its last record arrived, in milliseconds since 1970. */
  readonly at: number;
}

export interface LoadedLog {
  /** S3's sequencer of the event that announced the log: orders the events of one key. */
  readonly sequencer: string;
  /** When that event happened, in milliseconds since 1970: orders the events of different keys. */
  readonly at: number;
  /** Tells the object that was read from whatever replaced it: its ETag and the second of its last change. */
  readonly identity: string;
}

/** Where a generation's users are. */
export interface UserSpace {
  readonly network: NetworkName;
  readonly generation: string;
}
