import { loadOfGeneration } from '../../core/cloud/commits.ts';
import type { UserSpace } from '../../core/cloud/head.ts';
import {
  packUser,
  unpackFriends,
  unpackUser,
  type PackedUser,
  type StoredFriends,
} from '../../core/cloud/user-record.ts';
import type { UserId } from '../../core/events/event.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { UserState } from '../../core/network/network-detector.ts';
import type { Attributes, Condition, DynamoRequests, Item } from './dynamo-requests.ts';
import { eachAtOnce } from './each-at-once.ts';
import { deleteSpread, inPartitions } from './delete-spread.ts';
import { friendsKey, generationIn, networkPrefix, userKey, userPrefix, type ItemKey } from './item-keys.ts';
import type { ChangedUser, StoredUser } from '../../core/cloud/stored-user.ts';
import { StaleReadError } from './state-store.ts';

export interface Concurrency {
  /** Conditional writes at once. */
  readonly writes: number;
  /** Bulk writes, of 25 items each, at once. */
  readonly bulkWrites: number;
}

/**
 * The users of a network. A user is a main item and, where there are many friends, buckets of friends: `d` packed, `v` the version
 * that wrote it, and in the main item `b`, the number of the buckets. Buckets are written before the main item: so those that
 * a main item tells of are of its version or later, and replaying the commits after it makes them all the same.
 */
export class DynamoUsers {
  readonly #requests: DynamoRequests;
  readonly #concurrency: Concurrency;

  constructor(requests: DynamoRequests, concurrency: Concurrency) {
    this.#requests = requests;
    this.#concurrency = concurrency;
  }

  async read(space: UserSpace, ids: readonly UserId[]): Promise<Map<UserId, StoredUser>> {
    const idsByKey = new Map(ids.map((id) => [userKey(space, id).pk, id]));
    const mainItems = await this.#requests.getAll(Array.from(idsByKey.keys(), (pk) => ({ pk, sk: 'u' })));
    const unpacked = mainItems.map(({ pk, attributes }) => {
      const { friendBuckets, friends, purchases } = unpackUser(packedIn(attributes));
      return { pk, version: versionIn(attributes), friendBuckets, friends: [...friends], purchases };
    });
    await this.#readFriends(unpacked);
    return new Map(
      unpacked.map(({ pk, version, friendBuckets, friends, purchases }) => {
        const id = idsByKey.get(pk) as UserId;
        return [id, { state: { id, friends, purchases }, version, friendBuckets }];
      }),
    );
  }

  async write(space: UserSpace, users: readonly ChangedUser[]): Promise<Map<UserId, number>> {
    const apart = new Map<UserId, number>();
    await eachAtOnce(users, this.#concurrency.writes, async (user) => {
      const { id } = user.state;
      const friendBuckets = await this.#writeUser(userKey(space, id), user);
      if (friendBuckets > 0) apart.set(id, friendBuckets);
    });
    return apart;
  }

  async create(space: UserSpace, users: Iterable<UserState>): Promise<boolean> {
    return this.#requests.putAll(itemsOf(space, users), this.#concurrency.bulkWrites);
  }

  async delete(space: UserSpace): Promise<number> {
    return deleteSpread(this.#requests, inPartitions(userPrefix(space)));
  }

  async deleteGenerations(network: NetworkName, before: number): Promise<number> {
    const where = inPartitions(networkPrefix(network));
    return deleteSpread(this.#requests, where, ({ pk }) => loadOfGeneration(generationIn(pk)) < before);
  }

  /** The main item goes first: buckets that it does not tell of are nobody's. */
  async deleteUser(space: UserSpace, id: UserId, version: number): Promise<boolean> {
    const key = userKey(space, id);
    const stored = await this.#requests.get(key);
    if (stored === undefined || !(await this.#requests.delete(key, ifUpTo(version)))) return false;
    await this.#requests.deleteAll(bucketKeys(key, unpackUser(packedIn(stored)).friendBuckets));
    return true;
  }

  async #readFriends(users: readonly { pk: string; friendBuckets: number; friends: UserId[] }[]): Promise<void> {
    const apart = users.filter(({ friendBuckets }) => friendBuckets > 0);
    const keys = apart.flatMap(({ pk, friendBuckets }) => bucketKeys({ pk, sk: 'u' }, friendBuckets));
    const found = await this.#requests.getAll(keys);
    if (found.length < keys.length) {
      throw new StaleReadError(`friends are missing: ${found.length} of ${keys.length} buckets are there`);
    }
    const friendsByKey = new Map(apart.map(({ pk, friends }) => [pk, friends]));
    for (const { pk, attributes } of found) friendsByKey.get(pk)?.push(...unpackFriends(packedIn(attributes)));
  }

  /** Gives in how many buckets the friends are stored now, by whomever. */
  async #writeUser(key: ItemKey, user: ChangedUser): Promise<number> {
    let stored: StoredFriends = user;
    for (;;) {
      const packed = packUser(user.state, stored);
      await this.#writeBuckets(key, packed, user.version);
      if (await this.#requests.put(mainItem(key, packed, user.version), ifOlder(user.version, stored.friendBuckets))) {
        await this.#deleteBuckets(key, stored.friendBuckets, packed.friendBuckets);
        return packed.friendBuckets;
      }
      const current = await this.#requests.get(key);
      const friendBuckets = current === undefined ? 0 : unpackUser(packedIn(current)).friendBuckets;
      if (current !== undefined && versionIn(current) >= user.version) return friendBuckets;
      // An older version has meanwhile been written with other buckets: all of those have to be brought up to date.
      stored = { friendBuckets, changedFriends: 'all' };
    }
  }

  async #writeBuckets(key: ItemKey, packed: PackedUser, version: number): Promise<void> {
    await eachAtOnce(bucketItems(key, packed, version), this.#concurrency.bulkWrites, (item) => {
      return this.#requests.put(item, ifOlderBucket(version));
    });
  }

  async #deleteBuckets(key: ItemKey, old: number, current: number): Promise<void> {
    if (old !== current) await this.#requests.deleteAll(bucketKeys(key, old));
  }
}

function* itemsOf(space: UserSpace, users: Iterable<UserState>): Generator<Item> {
  for (const user of users) {
    const key = userKey(space, user.id);
    const packed = packUser(user);
    yield* bucketItems(key, packed, 0);
    yield mainItem(key, packed, 0);
  }
}

function mainItem({ pk, sk }: ItemKey, { main, friendBuckets }: PackedUser, version: number): Item {
  const buckets: Attributes = friendBuckets > 0 ? { b: { N: String(friendBuckets) } } : {};
  return { pk, sk, attributes: { v: { N: String(version) }, d: { B: main }, ...buckets } };
}

function bucketItems(key: ItemKey, { buckets, friendBuckets }: PackedUser, version: number): Item[] {
  return Array.from(buckets, ([bucket, friends]) => {
    return { ...friendsKey(key, friendBuckets, bucket), attributes: { v: { N: String(version) }, d: { B: friends } } };
  });
}

function bucketKeys(key: ItemKey, count: number): ItemKey[] {
  return Array.from({ length: count }, (_, bucket) => friendsKey(key, count, bucket));
}

/** A main item may only be replaced where its friends are stored as the writer thinks: else buckets would be missing. */
function ifOlder(version: number, friendBuckets: number): Condition {
  const values = { ':v': { N: String(version) } };
  if (friendBuckets === 0) {
    return { expression: 'attribute_not_exists(pk) OR (v < :v AND attribute_not_exists(b))', values };
  }
  return { expression: 'v < :v AND b = :b', values: { ...values, ':b': { N: String(friendBuckets) } } };
}

function ifUpTo(version: number): Condition {
  return { expression: 'v <= :v', values: { ':v': { N: String(version) } } };
}

function ifOlderBucket(version: number): Condition {
  return { expression: 'attribute_not_exists(pk) OR v < :v', values: { ':v': { N: String(version) } } };
}

function packedIn({ d }: Attributes): Uint8Array {
  return d?.B ?? new Uint8Array();
}

function versionIn({ v }: Attributes): number {
  return Number(v?.N);
}
