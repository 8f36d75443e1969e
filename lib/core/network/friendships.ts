import { BlockAllocator, nextCapacity } from './block-allocator.ts';
import { widen } from '../events/widen.ts';

/** Integers per user: where the block of friends starts, how many it can hold, how many it holds. */
const WIDTH = 4;
const START = 0;
const CAPACITY = 1;
const DEGREE = 2;

/** From this degree on a user's friends are indexed; below, looking through the list is faster. */
const WIDE = 64;

/** Who is whose friend: each user's friends as a list of numbers, all lists in one array. */
export class Friendships {
  /** The users' friends; user's from `start(user)` on, `degree(user)` of them. */
  friends = new Int32Array(0);
  /** Friendships, each counted from both sides. */
  total = 0;
  #users = new Int32Array(0);
  readonly #blocks = new BlockAllocator();
  /** Users of many friends: where in the list each one stands. */
  readonly #indexes = new Map<number, Map<number, number>>();

  start(user: number): number {
    return this.#users[user * WIDTH + START] ?? 0;
  }

  degree(user: number): number {
    return this.#users[user * WIDTH + DEGREE] ?? 0;
  }

  /** Whether the list is indexed, so that {@link has} takes the same time however long it is. */
  isWide(user: number): boolean {
    return this.#indexes.has(user);
  }

  has(user: number, friend: number): boolean {
    return this.#position(user, friend) >= 0;
  }

  /** Lists a friend, once. The other direction is for the caller to add. */
  add(user: number, friend: number): void {
    if (this.has(user, friend)) return;
    this.#reserve(user);
    const users = this.#users;
    const row = user * WIDTH;
    if (users[row + DEGREE] === users[row + CAPACITY]) this.#grow(row);
    const degree = users[row + DEGREE]!;
    this.friends[users[row + START]! + degree] = friend;
    users[row + DEGREE] = degree + 1;
    this.total++;
    if (degree + 1 > WIDE) this.#index(user).set(friend, degree);
  }

  remove(user: number, friend: number): void {
    const position = this.#position(user, friend);
    if (position < 0) return;
    const start = this.start(user);
    const lastPosition = this.degree(user) - 1;
    const last = this.friends[start + lastPosition]!;
    this.friends[start + position] = last;
    this.#users[user * WIDTH + DEGREE] = lastPosition;
    this.total--;
    const index = this.#indexes.get(user);
    index?.set(last, position);
    index?.delete(friend);
  }

  clear(user: number): void {
    this.#reserve(user);
    this.total -= this.degree(user);
    this.#users[user * WIDTH + DEGREE] = 0;
    this.#indexes.delete(user);
  }

  #position(user: number, friend: number): number {
    const degree = this.degree(user);
    if (degree > WIDE) {
      const index = this.#indexes.get(user);
      if (index !== undefined) return index.get(friend) ?? -1;
    }
    const start = this.start(user);
    const friends = this.friends;
    for (let at = start; at < start + degree; at++) {
      if (friends[at] === friend) return at - start;
    }
    return -1;
  }

  #index(user: number): Map<number, number> {
    let index = this.#indexes.get(user);
    if (index === undefined) {
      const start = this.start(user);
      const list = this.friends.subarray(start, start + this.degree(user));
      index = new Map(Array.from(list, (friend, position) => [friend, position]));
      this.#indexes.set(user, index);
    }
    return index;
  }

  #grow(row: number): void {
    const users = this.#users;
    const start = users[row + START]!;
    const capacity = users[row + CAPACITY]!;
    const larger = nextCapacity(capacity, Infinity);
    const newStart = this.#blocks.allocate(larger);
    this.friends = widen(this.friends, this.#blocks.size);
    this.friends.copyWithin(newStart, start, start + capacity);
    this.#blocks.release(start, capacity);
    users[row + START] = newStart;
    users[row + CAPACITY] = larger;
  }

  #reserve(user: number): void {
    if ((user + 1) * WIDTH > this.#users.length) this.#users = widen(this.#users, Math.max(4096, (user + 1) * WIDTH));
  }
}
