import type { Seconds } from '../events/event.ts';
import { HIGH, isNewer, LOW, PURCHASE_WIDTH, SEQUENCE, TIME } from './purchase-record.ts';

/** Purchases that came in order of time; beyond so many a walk back costs more than asking the members. */
const IN_ORDER = 1 << 16;
const LATE = 1 << 12;

/**
 * The latest purchases of all users together. Those that came late are kept apart, sorted, so that one far back in time
 * does not move all that came after it. Every purchase newer than the log's reach is in it.
 */
export class RecencyLog {
  /** {@link PURCHASE_WIDTH} doubles for each place. */
  readonly purchases: Float64Array;
  readonly buyers: Int32Array;
  lateCount = 0;
  readonly #inOrder: number;
  readonly #late: number;
  #appended = 0;
  #newestTime: Seconds = -Infinity;
  #reachTime: Seconds = -Infinity;
  #reachSequence = -Infinity;

  /** Capacities in purchases, in order (a power of two) and late. */
  constructor(inOrder = IN_ORDER, late = LATE) {
    this.#inOrder = inOrder;
    this.#late = late;
    this.purchases = new Float64Array((inOrder + late) * PURCHASE_WIDTH);
    this.buyers = new Int32Array(inOrder + late);
  }

  get inOrderCount(): number {
    return Math.min(this.#appended, this.#inOrder);
  }

  /** The place of a purchase that came in order; age 0 is the newest. */
  inOrderPlace(age: number): number {
    return (this.#appended - 1 - age) & (this.#inOrder - 1);
  }

  /** The place of a purchase that came late; age 0 is the newest by time. */
  latePlace(age: number): number {
    return this.#inOrder + this.lateCount - 1 - age;
  }

  /** Whether no purchase was ever left out. */
  get isComplete(): boolean {
    return this.#reachTime === -Infinity && this.#appended <= this.#inOrder;
  }

  /** Whether all purchases newer than this one are in the log. */
  reaches(time: Seconds, sequence: number): boolean {
    return isNewer(time, sequence, this.#reachTime, this.#reachSequence);
  }

  add(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    if (time < this.#newestTime) {
      this.#write(this.#insertLate(time), user, time, sequence, high, low);
      return;
    }
    this.#newestTime = time;
    this.#write(this.#appended++ & (this.#inOrder - 1), user, time, sequence, high, low);
  }

  /** Tells that purchases up to this one may be missing. */
  limit(time: Seconds, sequence: number): void {
    if (!isNewer(time, sequence, this.#reachTime, this.#reachSequence)) return;
    this.#reachTime = time;
    this.#reachSequence = sequence;
  }

  /** Tells that any purchase up to now, which is the one of this sequence number, may be missing. */
  limitToLaterPurchases(sequence: number): void {
    this.limit(this.#newestTime, sequence);
  }

  #write(place: number, user: number, time: Seconds, sequence: number, high: number, low: number): void {
    const purchases = this.purchases;
    const at = place * PURCHASE_WIDTH;
    purchases[at + TIME] = time;
    purchases[at + SEQUENCE] = sequence;
    purchases[at + HIGH] = high;
    purchases[at + LOW] = low;
    this.buyers[place] = user;
  }

  /** Makes room among the late purchases: returns the place. */
  #insertLate(time: Seconds): number {
    if (this.lateCount === this.#late) this.#dropOlderLate();
    const rank = this.#lateRank(time);
    this.#moveLate(rank, this.lateCount, 1);
    this.lateCount++;
    return this.#inOrder + rank;
  }

  /** Half of them at once: one at a time would move all others each time, and after a date far ahead every purchase is late. */
  #dropOlderLate(): void {
    const dropped = (this.#late + 1) >> 1;
    const newest = (this.#inOrder + dropped - 1) * PURCHASE_WIDTH;
    this.limit(this.purchases[newest + TIME]!, this.purchases[newest + SEQUENCE]!);
    this.#moveLate(dropped, this.lateCount, -dropped);
    this.lateCount -= dropped;
  }

  /** How many late purchases are older: those of the same time came earlier, so they are. */
  #lateRank(time: Seconds): number {
    let low = 0;
    let high = this.lateCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.purchases[(this.#inOrder + middle) * PURCHASE_WIDTH + TIME]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #moveLate(from: number, to: number, by: number): void {
    const first = this.#inOrder + from;
    const end = this.#inOrder + to;
    this.buyers.copyWithin(first + by, first, end);
    this.purchases.copyWithin((first + by) * PURCHASE_WIDTH, first * PURCHASE_WIDTH, end * PURCHASE_WIDTH);
  }
}
