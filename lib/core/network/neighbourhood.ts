import { widen } from '../events/widen.ts';
import type { Friendships } from './friendships.ts';

/** The largest number that a visit can note. */
const MOST_SEARCHES = 2 ** 31 - 1;

/** The users within some degrees of one user: a breadth-first search that goes outwards one degree at a time. */
export class Neighbourhood {
  /** The users reached, nearest first; the one in the centre is the first. */
  members = new Int32Array(0);
  count = 0;
  /** How many degrees the search has gone. */
  radius = 0;
  /** Where in {@link members} those begin that are exactly {@link radius} away. */
  frontierStart = 0;
  /** How many users there are in all. */
  userCount = 0;
  readonly #friendships: Friendships;
  /** The search that last reached each user, so that nothing has to be cleared between searches. */
  #visits = new Int32Array(0);
  #search = 0;
  /** Counted once per radius, when asked for: -1 if it has not been. */
  #cost = -1;

  readonly #mostSearches: number;

  /** @param mostSearches after so many all visits are cleared after all */
  constructor(friendships: Friendships, mostSearches = MOST_SEARCHES) {
    this.#friendships = friendships;
    this.#mostSearches = mostSearches;
  }

  /** Starts at a user, all by itself; `userCount` is how many users there are in all. */
  start(user: number, userCount: number): void {
    this.userCount = userCount;
    this.members = widen(this.members, userCount);
    this.#visits = widen(this.#visits, userCount);
    if (this.#search === this.#mostSearches) {
      this.#visits.fill(0);
      this.#search = 0;
    }
    this.#search++;
    this.#visits[user] = this.#search;
    this.members[0] = user;
    this.count = 1;
    this.radius = 0;
    this.frontierStart = 0;
    this.#cost = -1;
  }

  /** How many of so many degrees are still to go: none if there is nobody further out. */
  degreesLeft(degrees: number): number {
    return this.frontierStart === this.count ? 0 : degrees - this.radius;
  }

  /** Reaches everybody within so many degrees. */
  reach(degrees: number): void {
    while (this.degreesLeft(degrees) > 0) this.expand();
  }

  has(user: number): boolean {
    return this.#visits[user] === this.#search;
  }

  /** Reaches the users one degree further out. Two loops over typed arrays: nothing else costs so much per judgement. */
  expand(): void {
    const friendships = this.#friendships;
    const { blocks } = friendships;
    const members = this.members;
    const visits = this.#visits;
    const search = this.#search;
    const frontierEnd = this.count;
    let count = frontierEnd;
    for (let at = this.frontierStart; at < frontierEnd; at++) {
      const user = members[at]!;
      const degree = friendships.degree(user);
      if (degree === 0) continue;
      const place = friendships.start(user);
      const friends = blocks.pageOf(place);
      const start = blocks.offsetOf(place);
      const end = start + degree;
      for (let friendAt = start; friendAt < end; friendAt++) {
        const friend = friends[friendAt]!;
        if (visits[friend] === search) continue;
        visits[friend] = search;
        members[count++] = friend;
      }
    }
    this.frontierStart = frontierEnd;
    this.count = count;
    this.radius++;
    this.#cost = -1;
  }

  /** How many friends {@link expand} would have to look at. */
  expansionCost(): number {
    if (this.#cost < 0) {
      this.#cost = 0;
      for (let at = this.frontierStart; at < this.count; at++)
        this.#cost += this.#friendships.degree(this.members[at]!);
    }
    return this.#cost;
  }
}
