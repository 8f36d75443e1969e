import type { UserId } from '../../core/events/event.ts';
import { decodeUserHead, encodeUserHead, type EncodedUserHead } from '../../core/transactions-cloud/user-head-codec.ts';
import type { UserHead } from '../../core/transactions-cloud/user-head.ts';
import type { UserStore } from './user-store.ts';

/** The twin of DynamoUserStore: keeps the same contract, in memory. */
export class MemoryUserStore implements UserStore {
  readonly #heads = new Map<UserId, EncodedUserHead>();

  async readUsers(users: readonly UserId[]): Promise<Map<UserId, UserHead>> {
    const found = users.flatMap((user) => this.#heads.get(user) ?? []);
    return new Map(found.map((encoded) => [encoded.user, decodeUserHead(encoded)]));
  }

  async writeUser(head: UserHead): Promise<boolean> {
    const { user, version, profile } = head;
    if (version !== (this.#heads.get(user)?.version ?? 0) + 1) return false;
    this.#heads.set(user, { user, version, profile, text: encodeUserHead(head) });
    return true;
  }

  async deleteUser(user: UserId, version: number): Promise<boolean> {
    return this.#heads.get(user)?.version === version && this.#heads.delete(user);
  }

  async *listUsers(): AsyncGenerator<UserId[]> {
    yield [...this.#heads.keys()];
  }
}
