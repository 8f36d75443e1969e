import type { Seconds } from '../events/event.ts';
import { widen } from '../events/widen.ts';
import { HIGH, LOW, PURCHASE_WIDTH, purchaseAt, SEQUENCE, TIME, type KeptPurchase } from './purchase-record.ts';

/** A user's row, which fills half a cache line: two doubles, of the newest purchase, ... */
const ROW_DOUBLES = 4;
const NEWEST_TIME = 0;
const NEWEST_SEQUENCE = 1;
/** ... and integers: the places of the newest and the oldest purchase, and how many there are. */
const ROW_INTEGERS = 8;
const NEWEST = 4;
const OLDEST = 5;
const COUNT = 6;

const FEWEST_ROWS = 16;

/** Purchases per block: fewer would mean more links to follow, more would mean more unused memory. */
const BLOCK_BITS = 3;
const LAST_OF_BLOCK = (1 << BLOCK_BITS) - 1;
const PAGE_BITS = 13;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

/** Integers per block: the next older and the next newer block. */
const LINK_WIDTH = 2;
const OLDER = 0;
const NEWER = 1;

const NONE = -1;

/**
 * The latest purchases of each user, at most `kept` of them: a chain of blocks per user. A window grows and moves on
 * block by block, so that no purchase is ever copied and blocks are used again.
 */
export class PurchaseWindows {
  readonly kept: number;
  readonly #pages: Float64Array[] = [];
  #doubles = new Float64Array(0);
  /** The same rows. */
  #integers = new Int32Array(0);
  #links = new Int32Array(0);
  #blocks = 0;
  /** The first of the blocks that are free, each linked to the next. */
  #freeBlock = NONE;

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

  /** The place of the user's newest purchase, which must exist. */
  newestPlace(user: number): number {
    return this.#integers[user * ROW_INTEGERS + NEWEST]!;
  }

  /** The place of the user's next older purchase, or -1. */
  olderPlace(user: number, place: number): number {
    if (place === this.#integers[user * ROW_INTEGERS + OLDEST]) return NONE;
    if ((place & LAST_OF_BLOCK) > 0) return place - 1;
    return (this.#links[(place >> BLOCK_BITS) * LINK_WIDTH + OLDER]! << BLOCK_BITS) + LAST_OF_BLOCK;
  }

  /** The array that holds the purchase at a place, {@link PURCHASE_WIDTH} doubles from {@link offsetOf} the place on. */
  pageOf(place: number): Float64Array {
    return this.#pages[place >> PAGE_BITS]!;
  }

  offsetOf(place: number): number {
    return (place & PAGE_MASK) * PURCHASE_WIDTH;
  }

  /** The user's purchases, oldest first. */
  purchasesOf(user: number): KeptPurchase[] {
    const purchases: KeptPurchase[] = [];
    let place = this.countOf(user) === 0 ? NONE : this.newestPlace(user);
    for (; place !== NONE; place = this.olderPlace(user, place)) {
      purchases.push(purchaseAt(this.pageOf(place), this.offsetOf(place)));
    }
    return purchases.toReversed();
  }

  clear(user: number): void {
    if ((user + 1) * ROW_DOUBLES > this.#doubles.length) this.#addRows(user + 1);
    const row = user * ROW_INTEGERS;
    while (this.#integers[row + COUNT]! > 0) this.#dropOldest(row);
    this.#doubles[user * ROW_DOUBLES + NEWEST_TIME] = -Infinity;
  }

  /** Puts a purchase in the newest place. */
  #push(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    const integers = this.#integers;
    const row = user * ROW_INTEGERS;
    if (integers[row + COUNT] === this.kept) this.#dropOldest(row);
    const newest = integers[row + NEWEST]!;
    const place = (newest & LAST_OF_BLOCK) === LAST_OF_BLOCK ? this.#appendBlock(row) : newest + 1;
    integers[row + NEWEST] = place;
    integers[row + COUNT] = integers[row + COUNT]! + 1;
    const page = this.pageOf(place);
    const at = this.offsetOf(place);
    page[at + TIME] = time;
    page[at + SEQUENCE] = sequence;
    page[at + HIGH] = high;
    page[at + LOW] = low;
  }

  #addLate(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    if (this.countOf(user) === this.kept) {
      const oldest = this.#integers[user * ROW_INTEGERS + OLDEST]!;
      if (time < this.pageOf(oldest)[this.offsetOf(oldest) + TIME]!) return;
    }
    this.#push(user, time, sequence, high, low);
    this.#sink(user);
  }

  /** Moves the purchase in the newest place down to where its time belongs. */
  #sink(user: number): void {
    let place = this.newestPlace(user);
    for (let older = this.olderPlace(user, place); older !== NONE; older = this.olderPlace(user, place)) {
      const page = this.pageOf(place);
      const at = this.offsetOf(place);
      const olderPage = this.pageOf(older);
      const olderAt = this.offsetOf(older);
      if (page[at + TIME]! >= olderPage[olderAt + TIME]!) return;
      for (let field = 0; field < PURCHASE_WIDTH; field++) {
        const value = page[at + field]!;
        page[at + field] = olderPage[olderAt + field]!;
        olderPage[olderAt + field] = value;
      }
      place = older;
    }
  }

  #dropOldest(row: number): void {
    const integers = this.#integers;
    const oldest = integers[row + OLDEST]!;
    integers[row + COUNT] = integers[row + COUNT]! - 1;
    const isLast = integers[row + COUNT] === 0;
    if (isLast) integers[row + NEWEST] = NONE;
    integers[row + OLDEST] = oldest + 1;
    if (!isLast && (oldest & LAST_OF_BLOCK) < LAST_OF_BLOCK) return;
    const block = oldest >> BLOCK_BITS;
    integers[row + OLDEST] = this.#links[block * LINK_WIDTH + NEWER]! << BLOCK_BITS;
    this.#links[block * LINK_WIDTH + OLDER] = this.#freeBlock;
    this.#freeBlock = block;
  }

  /** Chains a block to the user's newest one: returns its first place. */
  #appendBlock(row: number): number {
    const block = this.#takeBlock();
    const place = block << BLOCK_BITS;
    const newest = this.#integers[row + NEWEST]!;
    if (newest === NONE) {
      this.#integers[row + OLDEST] = place;
    } else {
      this.#links[block * LINK_WIDTH + OLDER] = newest >> BLOCK_BITS;
      this.#links[(newest >> BLOCK_BITS) * LINK_WIDTH + NEWER] = block;
    }
    return place;
  }

  #takeBlock(): number {
    const free = this.#freeBlock;
    if (free !== NONE) {
      this.#freeBlock = this.#links[free * LINK_WIDTH + OLDER]!;
      return free;
    }
    const block = this.#blocks++;
    this.#links = widen(this.#links, this.#blocks * LINK_WIDTH);
    if (block << BLOCK_BITS === this.#pages.length << PAGE_BITS) {
      this.#pages.push(new Float64Array(PURCHASE_WIDTH << PAGE_BITS));
    }
    return block;
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
      this.#integers[user * ROW_INTEGERS + NEWEST] = NONE;
    }
  }
}
