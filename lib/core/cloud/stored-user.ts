import type { UserId } from '../events/event.ts';
import type { UserState } from '../network/network-detector.ts';

export interface StoredUser {
  readonly state: UserState;
  /** The network's version that the state is up to date with at least. 0 as loaded. */
  readonly version: number;
  /** In how many parts the user's friends are stored apart; 0 if they are stored with the user. */
  readonly friendBuckets: number;
}

export interface ChangedUser extends StoredUser {
  /** `friendBuckets` is what is stored now; the write may choose another. These are the friends made or lost since. */
  readonly changedFriends: ReadonlySet<UserId>;
}
