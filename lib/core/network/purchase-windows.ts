import type { Seconds } from '../events/event.ts';
import { BlockAllocator, nextCapacity } from './block-allocator.ts';
import { widen } from '../events/widen.ts';

/** Doubles per purchase: time, sequence number, and the two parts of the amount. */
export const PURCHASE_WIDTH = 4;
export const TIME = 0;
export const SEQUENCE = 1;
/** The amount in millionths is high · 2^53 + low. */
export const HIGH = 2;
export const LOW = 3;

/** Integers per user: where the block starts, how many purchases it can hold, which one is the newest, how many it holds. */
const WIDTH = 4;
const START = 0;
const CAPACITY = 1;
const NEWEST = 2;
const COUNT = 3;

/** Whether the first of two purchases is the newer one: the later timestamp, and of equal ones the later in the log. */
export function isNewer(time: Seconds, sequence: number, otherTime: Seconds, otherSequence: number): boolean {
  return time > otherTime || (time === otherTime && sequence > otherSequence);
}

/** The latest purchases of each user, at most `kept` of them, in one array: a ring per user, oldest to newest. */
export class PurchaseWindows {
  readonly kept: number;
  /** {@link PURCHASE_WIDTH} doubles per purchase. */
  purchases = new Float64Array(0);
  /** Time and sequence number of each user's newest purchase: `-Infinity` where there is none. */
  newest = new Float64Array(0);
  #users = new Int32Array(0);
  readonly #blocks = new BlockAllocator();

  constructor(kept: number) {
    this.kept = kept;
  }

  /** Takes a purchase that is later in the log than all before it; its time may be earlier. */
  add(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    this.#reserve(user);
    const users = this.#users;
    const row = user * WIDTH;
    const count = users[row + COUNT]!;
    if (count === users[row + CAPACITY]) {
      if (count < this.kept) this.#grow(row);
      else if (time < this.purchases[this.#oldest(user)]!) return;
    }
    const capacity = users[row + CAPACITY]!;
    const newest = users[row + NEWEST]! + 1;
    users[row + NEWEST] = newest === capacity ? 0 : newest;
    if (count < capacity) users[row + COUNT] = count + 1;
    const place = this.place(user, 0);
    const purchases = this.purchases;
    purchases[place + TIME] = time;
    purchases[place + SEQUENCE] = sequence;
    purchases[place + HIGH] = high;
    purchases[place + LOW] = low;
    if (time < this.newest[user * 2]!) {
      this.#sink(user);
      return;
    }
    this.newest[user * 2] = time;
    this.newest[user * 2 + 1] = sequence;
  }

  countOf(user: number): number {
    return this.#users[user * WIDTH + COUNT] ?? 0;
  }

  /** Where in {@link purchases} a user's purchase stands; age 0 is the newest, which must exist. */
  place(user: number, age: number): number {
    const users = this.#users;
    const row = user * WIDTH;
    const at = users[row + NEWEST]! - age;
    return (users[row + START]! + (at < 0 ? at + users[row + CAPACITY]! : at)) * PURCHASE_WIDTH;
  }

  clear(user: number): void {
    this.#reserve(user);
    this.#users[user * WIDTH + COUNT] = 0;
    this.#users[user * WIDTH + NEWEST] = -1;
    this.newest[user * 2] = -Infinity;
  }

  #oldest(user: number): number {
    return this.place(user, this.countOf(user) - 1);
  }

  /** A late purchase moves from the newest place down to its own. */
  #sink(user: number): void {
    const purchases = this.purchases;
    const count = this.countOf(user);
    for (let age = 1; age < count; age++) {
      const newer = this.place(user, age - 1);
      const older = this.place(user, age);
      if (purchases[newer + TIME]! >= purchases[older + TIME]!) return;
      for (let field = 0; field < PURCHASE_WIDTH; field++) {
        const value = purchases[newer + field]!;
        purchases[newer + field] = purchases[older + field]!;
        purchases[older + field] = value;
      }
    }
  }

  #grow(row: number): void {
    const users = this.#users;
    const start = users[row + START]!;
    const capacity = users[row + CAPACITY]!;
    const larger = nextCapacity(capacity, this.kept);
    const newStart = this.#blocks.allocate(larger);
    this.purchases = widen(this.purchases, this.#blocks.size * PURCHASE_WIDTH);
    // Only a block of `kept` places is ever used as a ring: this one is in order.
    this.purchases.copyWithin(newStart * PURCHASE_WIDTH, start * PURCHASE_WIDTH, (start + capacity) * PURCHASE_WIDTH);
    this.#blocks.release(start, capacity);
    users[row + START] = newStart;
    users[row + CAPACITY] = larger;
  }

  #reserve(user: number): void {
    if (user * 2 < this.newest.length) return;
    const known = this.newest.length;
    this.newest = widen(this.newest, Math.max(1024, user * 2 + 2));
    this.newest.fill(-Infinity, known);
    this.#users = widen(this.#users, this.newest.length * (WIDTH / 2));
    for (let row = known * (WIDTH / 2); row < this.#users.length; row += WIDTH) this.#users[row + NEWEST] = -1;
  }
}
