import type { NetworkEvent, Purchase, UserId } from '../events/event.ts';
import type { NetworkParameters } from '../events/log-header.ts';
import type { Flag } from '../network/network-detector.ts';
import type { Head } from './head.ts';

/**
 * What a commit did: the redo log of a network. Whoever holds the users as of the version before can replay it; and all
 * that is written after the commit (flagged purchases, their why, rejected lines) is in here, so that anyone can write it.
 */
export interface CommitBody {
  readonly version: number;
  readonly generation: string;
  readonly load: number;
  /** By which the purchases were judged. */
  readonly parameters: NetworkParameters;
  /** The sequence number of the first purchase. */
  readonly sequence: number;
  /** In the order in which they were applied. */
  readonly events: readonly NetworkEvent[];
  readonly flagged: readonly FlaggedPurchase[];
  readonly rejected: readonly RejectedInput[];
  /** The request id of the invocation that made it, which its log has, too; missing where nobody asks. */
  readonly request?: string;
  /** The records that the commit covers, for whoever reads the history. */
  readonly covers: readonly CoveredRecords[];
  /** Likewise of the lines that sources have numbered. Bodies of earlier versions of Flagstone lack this and the next. */
  readonly sourceCovers?: readonly CoveredLines[];
  /** What was true before it, whether or not it was committed: how `flagstone redrive` finds its way through the history. */
  readonly before?: Pick<Head, 'shards' | 'sources' | 'bodies'>;
  /** What it covers had been given up, and was put back: it is marked so that this is done once. */
  readonly redriven?: true;
  /** A user of whom nothing is known any more after the events, which end their friendships. */
  readonly forgets?: UserId;
  /** An object to be written once the commit is made: a load's report. */
  readonly report?: Report;
}

/** The body of a commit that does nothing. */
export function emptyBody(head: Pick<Head, 'version' | 'generation' | 'load' | 'parameters' | 'sequence'>): CommitBody {
  const { version, generation, load, parameters, sequence } = head;
  return { version, generation, load, parameters, sequence, events: [], flagged: [], rejected: [], covers: [] };
}

export interface Report {
  readonly key: string;
  readonly text: string;
}

export interface FlaggedPurchase {
  /** As it goes into the output: the input line with `mean` and `sd` added. */
  readonly line: string;
  readonly purchase: Purchase;
  readonly sequence: number;
  readonly flag: Flag;
}

export interface RejectedInput {
  readonly reason: string;
  readonly text: string;
  /** Where it came from: the record, and the line within it, counted from 1. */
  readonly shard: string;
  readonly sequenceNumber: string;
  readonly line: number;
}

/** Lines of a source, up to but not with the `next`. */
export interface CoveredLines {
  readonly source: string;
  readonly first: number;
  readonly next: number;
}

export interface CoveredRecords {
  readonly shard: string;
  readonly first: string;
  readonly last: string;
}
