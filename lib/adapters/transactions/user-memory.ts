import type { UserId } from '../../core/events/event.ts';
import type { UserHead } from '../../core/transactions-cloud/user-head.ts';

/** Heads in memory whose outputs are known to be written, and so are those of all commits before. */
export class UserMemory {
  /** The one remembered last comes last. */
  readonly #heads = new Map<UserId, UserHead>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(user: UserId): UserHead | undefined {
    return this.#heads.get(user);
  }

  /** What the commit had to tell is told, and takes no room any more. */
  remember(head: UserHead): void {
    this.#heads.delete(head.user);
    this.#heads.set(head.user, { ...head, commit: undefined });
  }

  forget(user: UserId): void {
    this.#heads.delete(user);
  }

  /** Forgets the users that have been silent longest, if there are too many. */
  shrink(): void {
    for (const user of this.#heads.keys()) {
      if (this.#heads.size <= this.#most) return;
      this.#heads.delete(user);
    }
  }
}
