import type { Seconds } from '../events/event.ts';
import { HIGH, isNewer, LOW, PURCHASE_WIDTH, SEQUENCE, TIME } from './purchase-record.ts';

/** Purchases that came in order of time; beyond so many a walk back costs more than asking the members. */
const IN_ORDER = 1 << 16;
const LATE = 1 << 12;

/**
 * The latest purchases of all users together, newest first when walked: every purchase newer than the log's reach is in it.
 * Purchases that come late are kept apart, sorted, so that one far back in time does not move all that came after it.
 */
export class RecencyLog {
  /** Where the purchases stand, {@link PURCHASE_WIDTH} doubles each, for the places that {@link older} returns. */
  readonly purchases: Float64Array;
  readonly buyers: Int32Array;
  readonly #inOrder: number;
  readonly #late: number;
  /** Purchases ever appended in order: the next one's place, before wrapping. */
  #appended = 0;
  #lateCount = 0;
  #newestTime: Seconds = -Infinity;
  #reachTime: Seconds = -Infinity;
  #reachSequence = -Infinity;
  #inOrderCursor = 0;
  #lateCursor = 0;

  /** Capacities in purchases, in order (a power of two) and late. */
  constructor(inOrder = IN_ORDER, late = LATE) {
    this.#inOrder = inOrder;
    this.#late = late;
    this.purchases = new Float64Array((inOrder + late) * PURCHASE_WIDTH);
    this.buyers = new Int32Array(inOrder + late);
  }

  /** Whether no purchase was ever left out, so that a walk to the end has seen all there are. */
  get isComplete(): boolean {
    return this.#reachTime === -Infinity && this.#appended <= this.#inOrder;
  }

  add(user: number, time: Seconds, sequence: number, high: number, low: number): void {
    if (time < this.#newestTime) {
      const place = this.#insertLate(time, sequence);
      if (place >= 0) this.#write(place, user, time, sequence, high, low);
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

  startWalk(): void {
    this.#inOrderCursor = this.#appended - 1;
    this.#lateCursor = this.#lateCount - 1;
  }

  /** The place of the next older purchase, or -1 where the log's reach ends. */
  older(): number {
    const place = this.#nextPlace();
    if (place < 0) return -1;
    const at = place * PURCHASE_WIDTH;
    const time = this.purchases[at + TIME]!;
    if (!isNewer(time, this.purchases[at + SEQUENCE]!, this.#reachTime, this.#reachSequence)) return -1;
    if (place < this.#inOrder) this.#inOrderCursor--;
    else this.#lateCursor--;
    return place;
  }

  #nextPlace(): number {
    const inOrder = this.#inOrderCursor;
    const late = this.#lateCursor < 0 ? -1 : this.#inOrder + this.#lateCursor;
    if (inOrder < 0) return late;
    // What is older than the oldest one in order has been overwritten, and might be newer than the late ones left.
    if (inOrder < this.#appended - this.#inOrder) return -1;
    const place = inOrder & (this.#inOrder - 1);
    return late < 0 || this.#isNewerThan(place, late) ? place : late;
  }

  #isNewerThan(place: number, other: number): boolean {
    const purchases = this.purchases;
    const at = place * PURCHASE_WIDTH;
    const otherAt = other * PURCHASE_WIDTH;
    return isNewer(
      purchases[at + TIME]!,
      purchases[at + SEQUENCE]!,
      purchases[otherAt + TIME]!,
      purchases[otherAt + SEQUENCE]!,
    );
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

  /** Makes room among the late purchases: returns the place, or -1 where the purchase is older than all that are kept. */
  #insertLate(time: Seconds, sequence: number): number {
    const rank = this.#lateRank(time);
    if (this.#lateCount < this.#late) {
      this.#moveLate(rank, this.#lateCount, 1);
      this.#lateCount++;
      return this.#inOrder + rank;
    }
    if (rank === 0) {
      this.limit(time, sequence);
      return -1;
    }
    const oldest = this.#inOrder * PURCHASE_WIDTH;
    this.limit(this.purchases[oldest + TIME]!, this.purchases[oldest + SEQUENCE]!);
    this.#moveLate(1, rank, -1);
    return this.#inOrder + rank - 1;
  }

  /** How many late purchases are older: those of the same time came earlier, so they are. */
  #lateRank(time: Seconds): number {
    let low = 0;
    let high = this.#lateCount;
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
