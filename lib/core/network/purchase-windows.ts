import type { Seconds } from '../events/event.ts';
import { nextCapacity, PagedBlocks } from './paged-blocks.ts';
import { HIGH, LOW, PURCHASE_WIDTH, SEQUENCE, TIME } from './purchase-record.ts';

/** A user's row, which fills half a cache line: two doubles, of the newest purchase, ... */
const ROW_DOUBLES = 4;
const NEWEST_TIME = 0;
const NEWEST_SEQUENCE = 1;
/** ... and four integers: the place of the block, how many purchases it can hold, which is the newest, how many it holds. */
const ROW_INTEGERS = 8;
const PLACE = 4;
const CAPACITY = 5;
const NEWEST = 6;
const COUNT = 7;

const FEWEST_ROWS = 16;

/** The latest purchases of each user, at most `kept` of them: a ring per user. */
export class PurchaseWindows {
  readonly kept: number;
  /** Holds the purchases, {@link PURCHASE_WIDTH} doubles each, at the places that {@link place} tells. */
  readonly blocks = new PagedBlocks((length) => new Float64Array(length));
  #doubles = new Float64Array(0);
  /** The same rows. */
  #integers = new Int32Array(0);

  constructor(kept: number) {
    this.kept = kept;
  }

  /** Takes a purchase that is later in the log than all before it; its time may be earlier. */
  add(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    if ((user + 1) * ROW_DOUBLES > this.#doubles.length) this.#addRows(user + 1);
    const doubles = this.#doubles;
    const row = user * ROW_DOUBLES;
    if (time < doubles[row + NEWEST_TIME]!) {
      this.#addLate(user, time, sequence, high, low);
      return;
    }
    doubles[row + NEWEST_TIME] = time;
    doubles[row + NEWEST_SEQUENCE] = sequence;
    this.#push(user, time, sequence, high, low);
  }

  countOf(user: number): number {
    return this.#integers[user * ROW_INTEGERS + COUNT] ?? 0;
  }

  /** Time of the user's newest purchase: `-Infinity` if there is none. */
  newestTime(user: number): Seconds {
    return this.#doubles[user * ROW_DOUBLES + NEWEST_TIME] ?? -Infinity;
  }

  newestSequence(user: number): number {
    return this.#doubles[user * ROW_DOUBLES + NEWEST_SEQUENCE]!;
  }

  /** The place of a user's purchase in {@link blocks}; age 0 is the newest. There must be one of this age. */
  place(user: number, age: number): number {
    const integers = this.#integers;
    const row = user * ROW_INTEGERS;
    const at = integers[row + NEWEST]! - age;
    const wrapped = at + integers[row + CAPACITY]!;
    return integers[row + PLACE]! + (at < 0 ? wrapped : at) * PURCHASE_WIDTH;
  }

  clear(user: number): void {
    if ((user + 1) * ROW_DOUBLES > this.#doubles.length) this.#addRows(user + 1);
    this.#doubles[user * ROW_DOUBLES + NEWEST_TIME] = -Infinity;
    this.#integers[user * ROW_INTEGERS + NEWEST] = -1;
    this.#integers[user * ROW_INTEGERS + COUNT] = 0;
  }

  /** Puts a purchase in the newest place, which is the oldest one's if the window is full. */
  #push(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    const row = user * ROW_INTEGERS;
    if (this.#integers[row + COUNT] === this.#integers[row + CAPACITY]) this.#makeRoom(row);
    const integers = this.#integers;
    const capacity = integers[row + CAPACITY]!;
    const newest = integers[row + NEWEST]! + 1;
    integers[row + NEWEST] = newest === capacity ? 0 : newest;
    integers[row + COUNT] = Math.min(integers[row + COUNT]! + 1, capacity);
    const place = this.place(user, 0);
    const page = this.blocks.pageOf(place);
    const at = this.blocks.offsetOf(place);
    page[at + TIME] = time;
    page[at + SEQUENCE] = sequence;
    page[at + HIGH] = high;
    page[at + LOW] = low;
  }

  #addLate(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    if (this.countOf(user) === this.kept) {
      const oldest = this.place(user, this.kept - 1);
      if (time < this.blocks.pageOf(oldest)[this.blocks.offsetOf(oldest) + TIME]!) return;
    }
    this.#push(user, time, sequence, high, low);
    this.#sink(user);
  }

  /** Moves the purchase in the newest place down to where its time belongs. */
  #sink(user: number): void {
    const page = this.blocks.pageOf(this.place(user, 0));
    const count = this.countOf(user);
    for (let age = 1; age < count; age++) {
      const newer = this.blocks.offsetOf(this.place(user, age - 1));
      const older = this.blocks.offsetOf(this.place(user, age));
      if (page[newer + TIME]! >= page[older + TIME]!) return;
      for (let field = 0; field < PURCHASE_WIDTH; field++) {
        const value = page[newer + field]!;
        page[newer + field] = page[older + field]!;
        page[older + field] = value;
      }
    }
  }

  /** Moves the user's purchases to a larger block. Only a block of `kept` places is used as a ring: the others are in order. */
  #makeRoom(row: number): void {
    const integers = this.#integers;
    const capacity = integers[row + CAPACITY]!;
    if (capacity === this.kept) return;
    const larger = nextCapacity(capacity, this.kept);
    const size = capacity * PURCHASE_WIDTH;
    integers[row + PLACE] = this.blocks.move(integers[row + PLACE]!, size, larger * PURCHASE_WIDTH);
    integers[row + CAPACITY] = larger;
  }

  #addRows(count: number): void {
    const known = this.#doubles.length / ROW_DOUBLES;
    const rows = Math.max(FEWEST_ROWS, known * 2, count);
    const doubles = new Float64Array(rows * ROW_DOUBLES);
    doubles.set(this.#doubles);
    this.#doubles = doubles;
    this.#integers = new Int32Array(doubles.buffer);
    for (let user = known; user < rows; user++) {
      doubles[user * ROW_DOUBLES + NEWEST_TIME] = -Infinity;
      this.#integers[user * ROW_INTEGERS + NEWEST] = -1;
    }
  }
}
