import type { Seconds } from '../events/event.ts';
import { widen } from '../events/widen.ts';
import { HIGH, LOW, PURCHASE_WIDTH, purchaseAt, SEQUENCE, TIME, type KeptPurchase } from './purchase-record.ts';

/** Integers per user: the places of the newest and of the oldest purchase, and how many there are. */
const WIDTH = 4;
const NEWEST = 0;
const OLDEST = 1;
const COUNT = 2;

const FEWEST_ROWS = 16;

/** Purchases per block: fewer would mean more links to follow, more would mean more unused memory. */
const BLOCK_BITS = 2;
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
  /**
   * Of each user's newest purchase time and amount once more, and the second newest's time: columns, because they are asked
   * of many members at once, and most judgements need no more. An amount that takes two parts is `Infinity` here.
   */
  newestTimes = new Float64Array(0);
  newestAmounts = new Float64Array(0);
  nextTimes = new Float64Array(0);
  /** About now: the later one of the last two times, so that neither a late purchase nor a date far ahead misleads for long. */
  recentTime: Seconds = -Infinity;
  /** Of all purchases that were ever added. */
  oldestTime: Seconds = Infinity;
  #lastTime: Seconds = -Infinity;
  #users = new Int32Array(0);
  readonly #pages: Float64Array[] = [];
  #links = new Int32Array(0);
  #blocks = 0;
  /** The first of the blocks that are free, each linked to the next. */
  #freeBlock = NONE;

  constructor(kept: number) {
    this.kept = kept;
  }

  /** Takes a purchase that is later in the log than all before it; its time may be earlier. */
  add(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    this.reserve(user + 1);
    this.recentTime = time > this.#lastTime ? time : this.#lastTime;
    this.#lastTime = time;
    if (time < this.oldestTime) this.oldestTime = time;
    const newestTime = this.newestTimes[user]!;
    if (time < newestTime) {
      this.#addLate(user, time, sequence, high, low);
      return;
    }
    this.newestTimes[user] = time;
    this.newestAmounts[user] = high === 0 ? low : Infinity;
    this.nextTimes[user] = newestTime;
    this.#push(user * WIDTH, time, sequence, high, low);
  }

  /** Makes sure that there is a row for each of so many users. */
  reserve(userCount: number): void {
    const known = this.newestTimes.length;
    if (userCount <= known) return;
    this.newestTimes = widen(this.newestTimes, Math.max(FEWEST_ROWS, userCount));
    this.newestAmounts = widen(this.newestAmounts, this.newestTimes.length);
    this.nextTimes = widen(this.nextTimes, this.newestTimes.length);
    this.#users = widen(this.#users, this.newestTimes.length * WIDTH);
    for (let user = known; user < this.newestTimes.length; user++) this.#empty(user);
  }

  /** The place of the user's newest purchase, or -1. */
  newestPlace(user: number): number {
    return this.#users[user * WIDTH + NEWEST] ?? NONE;
  }

  /** The place of the user's next older purchase, or -1. */
  olderPlace(user: number, place: number): number {
    if (place === this.#users[user * WIDTH + OLDEST]) return NONE;
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
    for (let place = this.newestPlace(user); place !== NONE; place = this.olderPlace(user, place)) {
      purchases.push(purchaseAt(this.pageOf(place), this.offsetOf(place)));
    }
    return purchases.toReversed();
  }

  clear(user: number): void {
    this.reserve(user + 1);
    const row = user * WIDTH;
    while (this.#users[row + COUNT]! > 0) this.#dropOldest(row);
    this.#empty(user);
  }

  #empty(user: number): void {
    const users = this.#users;
    const row = user * WIDTH;
    this.newestTimes[user] = -Infinity;
    this.nextTimes[user] = -Infinity;
    users[row + NEWEST] = NONE;
    users[row + COUNT] = 0;
  }

  /** Puts a purchase in the newest place. */
  #push(row: number, time: Seconds, sequence: number, high: number, low: number): void {
    const users = this.#users;
    if (users[row + COUNT] === this.kept) this.#dropOldest(row);
    const newest = users[row + NEWEST]!;
    const place = (newest & LAST_OF_BLOCK) === LAST_OF_BLOCK ? this.#appendBlock(row) : newest + 1;
    users[row + NEWEST] = place;
    users[row + COUNT] = users[row + COUNT]! + 1;
    const page = this.pageOf(place);
    const at = this.offsetOf(place);
    page[at + TIME] = time;
    page[at + SEQUENCE] = sequence;
    page[at + HIGH] = high;
    page[at + LOW] = low;
  }

  #addLate(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    const users = this.#users;
    const row = user * WIDTH;
    if (users[row + COUNT] === this.kept) {
      const oldest = users[row + OLDEST]!;
      if (time < this.pageOf(oldest)[this.offsetOf(oldest) + TIME]!) return;
    }
    this.#push(row, time, sequence, high, low);
    this.#sink(user);
    this.nextTimes[user] = Math.max(this.nextTimes[user]!, time);
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
    const users = this.#users;
    const oldest = users[row + OLDEST]!;
    const count = users[row + COUNT]! - 1;
    users[row + COUNT] = count;
    users[row + OLDEST] = oldest + 1;
    if (count > 0 && (oldest & LAST_OF_BLOCK) < LAST_OF_BLOCK) return;
    const block = oldest >> BLOCK_BITS;
    users[row + OLDEST] = this.#links[block * LINK_WIDTH + NEWER]! << BLOCK_BITS;
    this.#links[block * LINK_WIDTH + OLDER] = this.#freeBlock;
    this.#freeBlock = block;
  }

  /** Chains a block to the user's newest one: returns its first place. */
  #appendBlock(row: number): number {
    const block = this.#takeBlock();
    const place = block << BLOCK_BITS;
    const newest = this.#users[row + NEWEST]!;
    if (newest === NONE) {
      this.#users[row + OLDEST] = place;
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
}
