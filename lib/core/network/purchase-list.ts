import quickselect from 'quickselect';
import type { Seconds } from '../events/event.ts';
import { widen } from '../events/widen.ts';
import type { Amount, JudgedAmounts } from './anomaly-rule.ts';
import { joinParts } from './exact-amount.ts';
import { HIGH, LOW, SEQUENCE, TIME, type KeptPurchase } from './purchase-record.ts';

export interface ListedPurchase extends KeptPurchase {
  readonly buyer: number;
}

/** Larger than any. */
export const UNLIMITED: Amount = { high: Infinity, low: 0 };

/** Purchases and who made them, in no particular order; filled anew for every judgement. */
export class PurchaseList implements JudgedAmounts {
  buyers = new Int32Array(64);
  times = new Float64Array(64);
  sequences = new Float64Array(64);
  highs = new Float64Array(64);
  lows = new Float64Array(64);
  count = 0;
  /** How many of them are at least as large as the amount that the list is for. */
  atLeast = 0;
  #amount = UNLIMITED;
  /** Room to select in. */
  readonly #keys: number[] = [];

  /** Empties the list for another amount. */
  start(amount: Amount): void {
    this.#amount = amount;
    this.clear();
  }

  clear(): void {
    this.count = 0;
    this.atLeast = 0;
  }

  /** Adds the purchase whose doubles start at a place of an array. */
  add(buyer: number, source: Float64Array, at: number): void {
    const index = this.count;
    if (index === this.buyers.length) this.#grow(2 * index);
    this.buyers[index] = buyer;
    this.times[index] = source[at + TIME]!;
    this.sequences[index] = source[at + SEQUENCE]!;
    const high = source[at + HIGH]!;
    const low = source[at + LOW]!;
    this.highs[index] = high;
    this.lows[index] = low;
    this.count = index + 1;
    const { high: otherHigh, low: otherLow } = this.#amount;
    this.atLeast += high > otherHigh || (high === otherHigh && low >= otherLow) ? 1 : 0;
  }

  newestFirst(): ListedPurchase[] {
    const purchases = Array.from({ length: this.count }, (_, index) => ({
      buyer: this.buyers[index]!,
      time: this.times[index]!,
      sequence: this.sequences[index]!,
      amount: joinParts(this.highs[index]!, this.lows[index]!),
    }));
    return purchases.toSorted((a, b) => b.time - a.time || b.sequence - a.sequence);
  }

  /** Of all purchases in the list, at least one. */
  oldestTime(): Seconds {
    let oldest = Infinity;
    for (let index = 0; index < this.count; index++) {
      if (this.times[index]! < oldest) oldest = this.times[index]!;
    }
    return oldest;
  }

  /** Drops all but the latest purchases. */
  keepLatest(most: number): void {
    if (this.count <= most) return;
    const { times, sequences, count } = this;
    const keys = this.#keys;
    for (let index = 0; index < count; index++) keys[index] = times[index]!;
    const time = largest(keys, count, most);
    let later = 0;
    let tied = 0;
    for (let index = 0; index < count; index++) {
      if (times[index]! > time) later++;
      else if (times[index] === time) keys[tied++] = sequences[index]!;
    }
    const sequence = later + tied === most ? -Infinity : largest(keys, tied, most - later);
    this.#keepFrom(time, sequence);
  }

  #keepFrom(time: number, sequence: number): void {
    const { buyers, times, sequences, highs, lows, count } = this;
    let kept = 0;
    for (let index = 0; index < count; index++) {
      buyers[kept] = buyers[index]!;
      times[kept] = times[index]!;
      sequences[kept] = sequences[index]!;
      highs[kept] = highs[index]!;
      lows[kept] = lows[index]!;
      kept += times[kept]! > time || (times[kept] === time && sequences[kept]! >= sequence) ? 1 : 0;
    }
    this.count = kept;
  }

  #grow(length: number): void {
    this.buyers = widen(this.buyers, length);
    this.times = widen(this.times, length);
    this.sequences = widen(this.sequences, length);
    this.highs = widen(this.highs, length);
    this.lows = widen(this.lows, length);
  }
}

/** Of the first `count` values the one that has `rank − 1` larger ones or equals; rearranges them. */
function largest(values: number[], count: number, rank: number): number {
  quickselect(values, count - rank, 0, count - 1);
  return values[count - rank]!;
}
