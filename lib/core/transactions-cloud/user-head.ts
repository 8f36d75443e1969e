import { momentAfter } from '../cloud/deletions.ts';
import type { UserId } from '../events/event.ts';
import type { JudgedTransaction, Judging, StoredTransaction } from './stored-transaction.ts';

/**
 * What is true of a user in the cloud: their one commit point. A batch of their transactions replaces the head by one of
 * the next version, on the condition that nobody else has done so.
 */
export interface UserHead {
  readonly user: UserId;
  /** Commits so far; 0 for a user that nothing has been committed to. */
  readonly version: number;
  /** The last line applied of each shard, by its id. */
  readonly shards: Readonly<Record<string, LinePosition>>;
  readonly totals: UserTotals;
  /** The user's habits, as they are saved; undefined before the first commit. */
  readonly profile: Uint8Array | undefined;
  /** When all that was known of the user was deleted, in milliseconds since 1970: lines that came before are not theirs any more. */
  readonly deletedAt?: number;
  /** What the last commit did, so that anyone can write what it has to tell; undefined if it judged and rejected nothing. */
  readonly commit: UserCommit | undefined;
}

export interface LinePosition {
  readonly sequenceNumber: string;
  /** The number of the line in its record, counted from 1. */
  readonly line: number;
  /** When that record arrived, in milliseconds since 1970. */
  readonly at: number;
}

/** Counts of what was committed, once each. */
export interface UserTotals {
  /** Transactions that were judged, and stored. */
  readonly transactions: number;
  readonly anomalies: number;
  /** Transactions of an id that the user has had: delivered or put again. */
  readonly duplicates: number;
  /** Transactions of an id that is another user's: rejected. */
  readonly foreign: number;
}

export interface UserCommit extends Judging {
  /** The ordinal of the first transaction. */
  readonly firstOrdinal: number;
  readonly judged: readonly JudgedTransaction[];
  readonly rejected: readonly RejectedLine[];
}

export interface RejectedLine {
  readonly reason: string;
  readonly text: string;
  /** Where it came from: the record, and the line within it, counted from 1. */
  readonly shard: string;
  readonly sequenceNumber: string;
  readonly line: number;
}

const NOTHING: UserTotals = { transactions: 0, anomalies: 0, duplicates: 0, foreign: 0 };

export function newUser(user: UserId): UserHead {
  return { user, version: 0, shards: {}, totals: NOTHING, profile: undefined, commit: undefined };
}

/** The head of a user of whom everything is deleted; the positions in the stream stay. */
export function deletedUser({ user, version, shards }: UserHead, now: number): UserHead {
  return { ...newUser(user), version: version + 1, shards, deletedAt: momentAfter({ shards }, now) };
}

/** Whether nothing has been committed to a user since everything of them was deleted. */
export function isDeleted({ deletedAt, profile }: UserHead): boolean {
  return deletedAt !== undefined && profile === undefined;
}

/** The transactions of a commit as they are stored. */
export function storedIn(commit: UserCommit): StoredTransaction[] {
  const { judged, firstOrdinal, rejected: _, ...judging } = commit;
  return judged.map(({ transaction, judgement, origin }, index) =>
    Object.assign({ transaction, judgement, origin, ordinal: firstOrdinal + index }, judging),
  );
}
