import type { FlaggedPurchase } from '../../core/cloud/commit-body.ts';
import type { Head, UserSpace } from '../../core/cloud/head.ts';
import type { ChangedUser, StoredUser } from '../../core/cloud/stored-user.ts';
import type { UserId } from '../../core/events/event.ts';
import type { NetworkParameters } from '../../core/events/log-header.ts';
import type { UserState } from '../../core/network/network-detector.ts';
import type { NetworkName } from '../../core/network/network-name.ts';

/** The networks' state: heads, users, and the flagged purchases with their why. Every read is strongly consistent. */
export interface StateStore {
  /** Undefined for a network that nothing has been committed to. */
  readHead(network: NetworkName): Promise<Head | undefined>;
  /**
   * Replaces the head if the stored one is of the version before (for version 1: if there is none); false if it is not.
   * A lost reply shows as an error, or as false after the head was in fact written: whoever cares reads the head.
   */
  writeHead(head: Head): Promise<boolean>;

  /** The users among those asked for that are stored. */
  readUsers(space: UserSpace, ids: readonly UserId[]): Promise<Map<UserId, StoredUser>>;
  /**
   * Writes users, each only over an older version of itself: so anyone may do it, at any time, and again.
   * Gives the `friendBuckets` of those whose friends are now stored apart.
   */
  writeUsers(space: UserSpace, users: readonly ChangedUser[]): Promise<ReadonlyMap<UserId, number>>;
  /**
   * Writes the users of a new generation, in bulk and unconditionally; nobody else knows of it. Gives whether each request
   * was answered the first time: one that was not may still be carried out, some seconds late.
   */
  createUsers(space: UserSpace, users: Iterable<UserState>): Promise<boolean>;
  /** Deletes all users of a generation that is no network's any more. Gives how many items it deleted. */
  deleteUsers(space: UserSpace): Promise<number>;

  /** Deletes the users of all generations of a network that were begun before a load. Gives how many items it deleted. */
  deleteGenerations(network: NetworkName, before: number): Promise<number>;
  /** Deletes what is stored of a user up to a version; false if it is of a later one, or not there. */
  deleteUser(space: UserSpace, id: UserId, version: number): Promise<boolean>;

  /** Writes flagged purchases with their why; again is the same. */
  writeFlags(commit: FlagsOfCommit): Promise<void>;
  /** The flags of the network, the latest first: at most `limit` of them, and only those before a place, if one is given. */
  readFlags(network: NetworkName, limit: number, before?: FlagPlace): Promise<StoredFlag[]>;
  /** All flags that a commit made, the first first. */
  readFlagsOf(network: NetworkName, version: number): Promise<StoredFlag[]>;
  /** Undefined if there is no flag at that place. */
  readFlag(network: NetworkName, place: FlagPlace): Promise<StoredFlag | undefined>;
  /**
   * Replaces each flag of the commits up to a version by what `edit` makes of it, or deletes it for undefined; the same one
   * is left alone. Gives how many were not.
   */
  editFlags(network: NetworkName, upTo: number, edit: EditFlag): Promise<number>;

  /** The batch log that is being loaded, or was last. */
  readLoad(network: NetworkName): Promise<LoadState | undefined>;
  /** Replaces the load's state if the stored one still has that token (undefined: if there is none); false if not. */
  writeLoad(load: LoadState, expectedToken: string | undefined): Promise<boolean>;

  /** Deletes the load's state if it still has that token; false if not. */
  deleteLoad(network: NetworkName, token: string): Promise<boolean>;
  /** Deletes the head, and the network from the list, if the stored head still is of that version; false if not. */
  deleteHead(network: NetworkName, version: number): Promise<boolean>;

  /** How far a stream log has been put on the stream; undefined before its first record. */
  readProgress(source: string): Promise<number | undefined>;
  writeProgress(source: string, lines: number): Promise<void>;
  /** Deletes the progress of sources whose names start with one of these. Gives how many there were. */
  deleteProgress(prefixes: readonly string[]): Promise<number>;

  /** All networks that have a head, or a load under way, in the order of their names. */
  listNetworks(): Promise<NetworkName[]>;
}

export interface FlagsOfCommit {
  readonly network: NetworkName;
  readonly load: number;
  readonly version: number;
  readonly parameters: NetworkParameters;
  readonly flagged: readonly FlaggedPurchase[];
}

/** Places sort as the flags were made. */
export interface FlagPlace {
  /** Of the commit that flagged. */
  readonly version: number;
  /** Which of its commit's flags it is, counted from 0. */
  readonly index: number;
}

export interface StoredFlag extends FlaggedPurchase, FlagPlace {
  readonly load: number;
  readonly parameters: NetworkParameters;
}

export type EditFlag = (flag: StoredFlag) => StoredFlag | undefined;

export interface LoadState {
  readonly network: NetworkName;
  /** Of the one who loads; anew with every change of this record. */
  readonly token: string;
  readonly key: string;
  readonly sequencer: string;
  /** The object being read, once it is open. */
  readonly identity?: string;
  readonly phase: 'loading' | 'loaded' | 'failed' | 'superseded';
  /** The generation being written. */
  readonly generation: string;
  /** Until when the loader holds the lease unless it renews it, in milliseconds since 1970. */
  readonly leaseUntil: number;
  readonly startedAt: number;
  readonly events: number;
  readonly users: number;
  /** What was wrong. */
  readonly reason?: string;
  /** The objects that could not be loaded last, by their keys: each one's identity. */
  readonly failed?: Readonly<Record<string, string>>;
  /** Generations that are no network's any more, and since when. */
  readonly abandoned: readonly AbandonedGeneration[];
}

interface AbandonedGeneration {
  readonly generation: string;
  readonly since: number;
}

/** What was read is not of one version: somebody else has written meanwhile. Whoever reads must start again from the head. */
export class StaleReadError extends Error {
  override readonly name = 'StaleReadError';
}
