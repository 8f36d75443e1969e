import type { NetworkEvent, UserId } from '../events/event.ts';
import type { NetworkDetector } from '../network/network-detector.ts';

/**
 * Who must be in memory for a batch: breadth-first from all its buyers at once, over the friendships in memory and those
 * that the batch itself makes. (What it unmakes is counted as if it stayed: one user too many does no harm.)
 */
export class Reach {
  readonly #detector: NetworkDetector;
  readonly #isInMemory: (user: UserId) => boolean;
  readonly #newFriends = new Map<number, number[]>();
  /** Users, by their numbers, that have been seen. */
  #seen = new Uint8Array(0);
  readonly #missing: UserId[] = [];

  constructor(detector: NetworkDetector, isInMemory: (user: UserId) => boolean) {
    this.#detector = detector;
    this.#isInMemory = isInMemory;
  }

  /** The users not in memory as far as the friendships in memory tell; with those restored there may be more. */
  missing(events: readonly NetworkEvent[]): UserId[] {
    const { buyers, befriended } = this.#usersOf(events);
    const { engine, parameters } = this.#detector;
    this.#seen = new Uint8Array(engine.ids.count);
    let frontier = this.#take([buyers]);
    for (let degree = 0; degree < parameters.degrees && frontier.length > 0; degree++) {
      frontier = this.#take(this.#friendsOfAll(frontier));
    }
    this.#take([befriended]);
    return this.#missing;
  }

  #usersOf(events: readonly NetworkEvent[]): { buyers: number[]; befriended: number[] } {
    const { ids } = this.#detector.engine;
    const buyers: number[] = [];
    const befriended: number[] = [];
    for (const event of events) {
      if (event.type === 'purchase') {
        buyers.push(ids.add(event.user));
        continue;
      }
      const first = ids.add(event.users[0]);
      const second = ids.add(event.users[1]);
      befriended.push(first, second);
      if (event.type === 'befriend') {
        this.#befriend(first, second);
        this.#befriend(second, first);
      }
    }
    return { buyers, befriended };
  }

  #befriend(user: number, friend: number): void {
    const friends = this.#newFriends.get(user);
    if (friends === undefined) this.#newFriends.set(user, [friend]);
    else friends.push(friend);
  }

  *#friendsOfAll(users: readonly number[]): Generator<Iterable<number>> {
    const { friendships } = this.#detector.engine;
    for (const user of users) {
      yield friendships.friendsOf(user);
      const newFriends = this.#newFriends.get(user);
      if (newFriends !== undefined) yield newFriends;
    }
  }

  /** Of these users those not seen before. */
  #take(lists: Iterable<Iterable<number>>): number[] {
    const taken: number[] = [];
    const seen = this.#seen;
    for (const list of lists) {
      for (const user of list) {
        if (seen[user] === 1) continue;
        seen[user] = 1;
        taken.push(user);
        this.#note(user);
      }
    }
    return taken;
  }

  #note(user: number): void {
    const id = this.#detector.engine.ids.idOf(user);
    if (!this.#isInMemory(id)) this.#missing.push(id);
  }
}
