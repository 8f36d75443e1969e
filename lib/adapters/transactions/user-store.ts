import type { UserId } from '../../core/events/event.ts';
import type { UserHead } from '../../core/transactions-cloud/user-head.ts';

/** The users' heads: their profiles, positions, totals and last commits. Every read is strongly consistent. */
export interface UserStore {
  /** The heads of those among the users that something has been committed to. */
  readUsers(users: readonly UserId[]): Promise<ReadonlyMap<UserId, UserHead>>;
  /**
   * Replaces the head if the stored one is of the version before (for version 1: if there is none); false if it is not.
   * A lost reply shows as an error, or as false after the head was in fact written: whoever cares reads the head.
   */
  writeUser(head: UserHead): Promise<boolean>;
  /** Deletes the head if the stored one is of that version; false if it is not. */
  deleteUser(user: UserId, version: number): Promise<boolean>;
  /** All users, page by page, in no order; one who comes meanwhile may be missing. */
  listUsers(): AsyncIterable<readonly UserId[]>;
}
