import type { UserId } from '../events/event.ts';
import type { UserState } from '../network/network-detector.ts';
import type { KeptPurchase } from '../network/purchase-record.ts';
import { BitReader } from './bit-reader.ts';
import { BitWriter } from './bit-writer.ts';
import { bucketCountFor, bucketOf, friendsByBucket } from './friend-buckets.ts';
import { packIds, unpackIds } from './friend-list.ts';
import { readCode, writeCode } from './number-column.ts';
import { readPurchases, writePurchases } from './packed-purchases.ts';
import { expectFormat } from './unreadable-state-error.ts';

const FORMAT = 1;

/** A main part of this many bytes makes, with its key, an item within 1 KB: one write unit. */
export const LARGEST_MAIN = 900;

/** Friends that take no more than this stay with the user: apart they would cost more requests than they save. */
const FEW_FRIENDS = 256;

/** A user as bytes. The id is not in them: it is the key that they are stored under. */
export interface PackedUser {
  readonly main: Uint8Array;
  /** In how many buckets the friends are stored apart, a power of two; 0 if they are in the main part. */
  readonly friendBuckets: number;
  /** The buckets to write, by their numbers: those of changed friends, or all if there are now more. */
  readonly buckets: ReadonlyMap<number, Uint8Array>;
}

export interface StoredFriends {
  /** In how many buckets the user's friends are stored now; 0 if they are in the main part, or the user is new. */
  readonly friendBuckets: number;
  /** The friends made or lost since then. */
  readonly changedFriends: ReadonlySet<UserId> | 'all';
}

const NOTHING_STORED: StoredFriends = { friendBuckets: 0, changedFriends: 'all' };

export function packUser(state: UserState, stored: StoredFriends = NOTHING_STORED): PackedUser {
  return (stored.friendBuckets === 0 ? packWhole(state) : undefined) ?? packApart(state, stored);
}

export interface UnpackedUser {
  readonly friendBuckets: number;
  /** In the order of their UTF-16 units; none if they are stored apart. */
  readonly friends: readonly UserId[];
  /** Oldest first. */
  readonly purchases: readonly KeptPurchase[];
}

/** @throws UnreadableStateError */
export function unpackUser(main: Uint8Array): UnpackedUser {
  const reader = readerOf('user', main);
  const code = readCode(reader, 0);
  const purchases = readPurchases(reader);
  if (code === 0) return { friendBuckets: 0, friends: unpackIds('user', reader.readRest()), purchases };
  reader.expectEnd();
  return { friendBuckets: 2 ** (code - 1), friends: [], purchases };
}

/** The friends of one bucket. @throws UnreadableStateError */
export function unpackFriends(bucket: Uint8Array): UserId[] {
  return unpackIds('list of friends', readerOf('list of friends', bucket).readRest());
}

function packWhole({ friends, purchases }: UserState): PackedUser | undefined {
  const writer = mainWriter(purchases, 0);
  // Spares packing 100,000 friends to see that they are too many.
  if (friends.length > LARGEST_MAIN) return undefined;
  const packedFriends = packIds(friends);
  writer.writeBytes(packedFriends);
  const main = writer.toBytes();
  if (main.length > LARGEST_MAIN && packedFriends.length > FEW_FRIENDS) return undefined;
  return { main, friendBuckets: 0, buckets: new Map() };
}

function packApart({ friends, purchases }: UserState, stored: StoredFriends): PackedUser {
  const count = isUnchanged(stored) ? stored.friendBuckets : bucketCountFor(friends, stored.friendBuckets);
  const lists = friendsByBucket(friends, count, bucketsToWrite(stored, count));
  return {
    main: mainWriter(purchases, 1 + Math.log2(count)).toBytes(),
    friendBuckets: count,
    buckets: new Map(Array.from(lists, ([bucket, ids]) => [bucket, packBucket(ids)])),
  };
}

function isUnchanged({ changedFriends }: StoredFriends): boolean {
  return changedFriends !== 'all' && changedFriends.size === 0;
}

function bucketsToWrite({ friendBuckets, changedFriends }: StoredFriends, count: number): Iterable<number> {
  if (count !== friendBuckets || changedFriends === 'all') return Array.from({ length: count }, (_, bucket) => bucket);
  return Array.from(changedFriends, (friend) => bucketOf(friend, count));
}

function packBucket(friends: readonly UserId[]): Uint8Array {
  const writer = formatWriter();
  writer.writeBytes(packIds(friends));
  return writer.toBytes();
}

function mainWriter(purchases: readonly KeptPurchase[], friendsCode: number): BitWriter {
  const writer = formatWriter();
  writeCode(writer, friendsCode, 0);
  writePurchases(writer, purchases);
  return writer;
}

function formatWriter(): BitWriter {
  const writer = new BitWriter();
  writer.write(FORMAT, 8);
  return writer;
}

function readerOf(what: string, bytes: Uint8Array): BitReader {
  const reader = new BitReader(what, bytes);
  expectFormat(what, reader.read(8), FORMAT);
  return reader;
}
