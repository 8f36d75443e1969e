import type { UserId } from '../events/event.ts';
import { hashOf } from '../text/hash-of.ts';

/**
 * Friends that do not fit beside a user's purchases are stored apart, in 2^k buckets by the hash of the friend's id: one more or
 * less friend writes one bucket of about 2 KB, however many there are. Buckets only ever become more.
 */
const FULL_BUCKET = 2048;

/** The buckets for so many friends, at least as many as there are. */
export function bucketCountFor(friends: readonly UserId[], stored: number): number {
  // As packed, an id takes about its characters: what they share with the one before makes up for what says so.
  const bytes = friends.reduce((total, id) => total + id.length, 0);
  let count = Math.max(1, stored);
  while (bytes > count * FULL_BUCKET) count *= 2;
  return count;
}

/** The friends in each of the given buckets. */
export function friendsByBucket(
  friends: readonly UserId[],
  count: number,
  buckets: Iterable<number>,
): Map<number, UserId[]> {
  const lists = new Map<number, UserId[]>();
  for (const bucket of buckets) lists.set(bucket, []);
  for (const friend of friends) lists.get(bucketOf(friend, count))?.push(friend);
  return lists;
}

/** The bucket of a friend: the lowest bits of the id's hash. */
export function bucketOf(friend: UserId, count: number): number {
  return hashOf(friend) & (count - 1);
}
