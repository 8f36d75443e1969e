import type { NetworkEvent, UserId } from '../events/event.ts';
import type { NetworkDetector } from '../network/network-detector.ts';

/**
 * Who must be in memory for a batch: breadth-first from all its buyers at once, over the friendships in memory and those
 * that the batch itself makes. (What it unmakes is counted as if it stayed: one user too many does no harm.)
 */
export class Reach {
  readonly #detector: NetworkDetector;
  readonly #isInMemory: (user: UserId) => boolean;
  readonly #seen = new Set<number>();
  readonly #newFriends = new Map<number, number[]>();
  readonly #missing: UserId[] = [];

  constructor(detector: NetworkDetector, isInMemory: (user: UserId) => boolean) {
    this.#detector = detector;
    this.#isInMemory = isInMemory;
  }

  /** The users not in memory as far as the friendships in memory tell; with those restored there may be more. */
  missing(events: readonly NetworkEvent[]): UserId[] {
    const { ids } = this.#detector.engine;
    const buyers: number[] = [];
    const befriended: number[] = [];
    for (const event of events) {
      if (event.type === 'purchase') buyers.push(ids.add(event.user));
      else {
        const [first, second] = event.users.map((user) => ids.add(user)) as [number, number];
        befriended.push(first, second);
        if (event.type === 'befriend') this.#befriend(first, second);
      }
    }
    let frontier = this.#take(buyers);
    for (let degree = 0; degree < this.#detector.parameters.degrees; degree++) {
      frontier = this.#take(frontier.flatMap((user) => this.#friendsOf(user)));
    }
    this.#take(befriended);
    return this.#missing;
  }

  #befriend(user: number, other: number): void {
    for (const [from, to] of [
      [user, other],
      [other, user],
    ] as const) {
      const friends = this.#newFriends.get(from);
      if (friends === undefined) this.#newFriends.set(from, [to]);
      else friends.push(to);
    }
  }

  #friendsOf(user: number): number[] {
    return [...this.#detector.engine.friendships.friendsOf(user), ...(this.#newFriends.get(user) ?? [])];
  }

  /** Of these users those not seen before. */
  #take(users: readonly number[]): number[] {
    const taken: number[] = [];
    for (const user of users) {
      if (this.#seen.has(user)) continue;
      this.#seen.add(user);
      taken.push(user);
      const id = this.#detector.engine.ids.idOf(user);
      if (!this.#isInMemory(id)) this.#missing.push(id);
    }
    return taken;
  }
}
