import { nextCapacity, PagedBlocks } from './paged-blocks.ts';
import { widen } from '../events/widen.ts';

/** Integers per user: where the block of friends starts, how many it can hold, how many it holds. */
const WIDTH = 4;
const START = 0;
const CAPACITY = 1;
const DEGREE = 2;

const NONE = new Int32Array(0);

/** From this degree on a user's friends are indexed; below, looking through the list is faster. */
const WIDE = 64;

/** Who is whose friend: a list of numbers per user. */
export class Friendships {
  /** Holds the lists: a user's starts at the place {@link start} and has {@link degree} friends. */
  readonly blocks = new PagedBlocks();
  /** Friendships, each counted from both sides. */
  total = 0;
  #users = new Int32Array(0);
  /** Users of many friends: where in the list each one stands. */
  readonly #indexes = new Map<number, Map<number, number>>();

  /** The place of the user's list in {@link blocks}, which must not be empty. */
  start(user: number): number {
    return this.#users[user * WIDTH + START]!;
  }

  degree(user: number): number {
    return this.#users[user * WIDTH + DEGREE] ?? 0;
  }

  friendsOf(user: number): Int32Array {
    const degree = this.degree(user);
    if (degree === 0) return NONE;
    const start = this.blocks.offsetOf(this.start(user));
    return this.blocks.pageOf(this.start(user)).subarray(start, start + degree);
  }

  /** Whether the list is indexed, so that {@link has} takes the same time however long it is. */
  isWide(user: number): boolean {
    return this.degree(user) > WIDE;
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
    this.#write(row, degree, friend);
    users[row + DEGREE] = degree + 1;
    this.total++;
    if (degree + 1 > WIDE) this.#index(user).set(friend, degree);
  }

  remove(user: number, friend: number): void {
    const position = this.#position(user, friend);
    if (position < 0) return;
    const lastPosition = this.degree(user) - 1;
    const last = this.#read(user * WIDTH, lastPosition);
    this.#write(user * WIDTH, position, last);
    this.#users[user * WIDTH + DEGREE] = lastPosition;
    this.total--;
    if (lastPosition <= WIDE) {
      this.#indexes.delete(user);
      return;
    }
    const index = this.#index(user);
    index.set(last, position);
    index.delete(friend);
  }

  clear(user: number): void {
    this.#reserve(user);
    this.total -= this.degree(user);
    this.#users[user * WIDTH + DEGREE] = 0;
    this.#indexes.delete(user);
  }

  #position(user: number, friend: number): number {
    const degree = this.degree(user);
    if (degree > WIDE) return this.#index(user).get(friend) ?? -1;
    if (degree === 0) return -1;
    const place = this.start(user);
    const page = this.blocks.pageOf(place);
    const start = this.blocks.offsetOf(place);
    for (let at = start; at < start + degree; at++) {
      if (page[at] === friend) return at - start;
    }
    return -1;
  }

  #index(user: number): Map<number, number> {
    let index = this.#indexes.get(user);
    if (index === undefined) {
      index = new Map(Array.from(this.friendsOf(user), (friend, position) => [friend, position]));
      this.#indexes.set(user, index);
    }
    return index;
  }

  #read(row: number, position: number): number {
    const place = this.#users[row + START]!;
    return this.blocks.pageOf(place)[this.blocks.offsetOf(place) + position]!;
  }

  #write(row: number, position: number, friend: number): void {
    const place = this.#users[row + START]!;
    this.blocks.pageOf(place)[this.blocks.offsetOf(place) + position] = friend;
  }

  #grow(row: number): void {
    const users = this.#users;
    const capacity = users[row + CAPACITY]!;
    const larger = nextCapacity(capacity);
    users[row + START] = this.blocks.move(users[row + START]!, capacity, larger);
    users[row + CAPACITY] = larger;
  }

  #reserve(user: number): void {
    if ((user + 1) * WIDTH > this.#users.length) this.#users = widen(this.#users, (user + 1) * WIDTH);
  }
}
