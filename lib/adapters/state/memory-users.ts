import { packUser, unpackFriends, unpackUser, type PackedUser } from '../../core/cloud/user-record.ts';
import type { UserId } from '../../core/events/event.ts';
import type { UserState } from '../../core/network/network-detector.ts';
import type { ChangedUser, StoredUser } from '../../core/cloud/stored-user.ts';
import { StaleReadError } from './state-store.ts';

interface StoredParts extends Omit<PackedUser, 'buckets'> {
  readonly version: number;
  readonly buckets: Map<number, Uint8Array>;
}

/** The users of one generation, packed as they are in DynamoDB: so what a writer forgets to say is missing here too. */
export class MemoryUsers {
  readonly #users = new Map<UserId, StoredParts>();

  /** How many items they would be. */
  get itemCount(): number {
    return Array.from(this.#users.values()).reduce((count, { buckets }) => count + 1 + buckets.size, 0);
  }

  read(id: UserId): StoredUser | undefined {
    const stored = this.#users.get(id);
    if (stored === undefined) return undefined;
    const { main, buckets, version, friendBuckets } = stored;
    if (buckets.size < friendBuckets) throw new StaleReadError(`friends of a user are missing`);
    const { friends, purchases } = unpackUser(main);
    const apart = Array.from(buckets.values(), unpackFriends);
    return { state: { id, friends: [friends, ...apart].flat(), purchases }, version, friendBuckets };
  }

  /** Gives in how many buckets the friends are stored now. */
  write(user: ChangedUser): number {
    const { state, version, changedFriends } = user;
    const stored = this.#users.get(state.id);
    if (stored !== undefined && stored.version >= version) return stored.friendBuckets;
    const friendBuckets = stored?.friendBuckets ?? 0;
    const isAsThought = friendBuckets === user.friendBuckets;
    const packed = packUser(state, { friendBuckets, changedFriends: isAsThought ? changedFriends : 'all' });
    const kept = packed.friendBuckets === friendBuckets ? stored?.buckets : undefined;
    this.#users.set(state.id, { ...packed, version, buckets: new Map([...(kept ?? []), ...packed.buckets]) });
    return packed.friendBuckets;
  }

  delete(id: UserId, version: number): boolean {
    const stored = this.#users.get(id);
    return stored !== undefined && stored.version <= version && this.#users.delete(id);
  }

  create(user: UserState): void {
    const packed = packUser(user);
    this.#users.set(user.id, { ...packed, version: 0, buckets: new Map(packed.buckets) });
  }
}
