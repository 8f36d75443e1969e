import quickselect from 'quickselect';
import type { Seconds } from '../events/event.ts';
import { widen } from '../events/widen.ts';
import { HIGH, LOW, PURCHASE_WIDTH, SEQUENCE, TIME } from './purchase-record.ts';

/** Purchases and who made them, in no particular order; filled anew for every judgement. */
export class PurchaseList {
  /** {@link PURCHASE_WIDTH} doubles each. */
  purchases = new Float64Array(0);
  buyers = new Int32Array(0);
  count = 0;
  /** Room to select in. */
  readonly #keys: number[] = [];

  /** Adds the purchase whose doubles start at a place of an array. */
  add(buyer: number, source: Float64Array, at: number): void {
    if (this.count === this.buyers.length) this.#grow();
    const purchases = this.purchases;
    const to = this.count * PURCHASE_WIDTH;
    purchases[to + TIME] = source[at + TIME]!;
    purchases[to + SEQUENCE] = source[at + SEQUENCE]!;
    purchases[to + HIGH] = source[at + HIGH]!;
    purchases[to + LOW] = source[at + LOW]!;
    this.buyers[this.count++] = buyer;
  }

  /** Drops all but the latest purchases. */
  keepLatest(most: number): void {
    if (this.count <= most) return;
    const keys = this.#keys;
    const { purchases, count } = this;
    for (let index = 0; index < count; index++) keys[index] = purchases[index * PURCHASE_WIDTH + TIME]!;
    const time = largest(keys, count, most);
    let later = 0;
    let tied = 0;
    for (let index = 0; index < count; index++) {
      const at = index * PURCHASE_WIDTH;
      if (purchases[at + TIME]! > time) later++;
      else if (purchases[at + TIME] === time) keys[tied++] = purchases[at + SEQUENCE]!;
    }
    this.#keepFrom(time, largest(keys, tied, most - later));
  }

  #keepFrom(time: Seconds, sequence: number): void {
    const { purchases, buyers, count } = this;
    this.count = 0;
    for (let index = 0; index < count; index++) {
      const at = index * PURCHASE_WIDTH;
      const isKept =
        purchases[at + TIME]! > time || (purchases[at + TIME] === time && purchases[at + SEQUENCE]! >= sequence);
      if (isKept) this.add(buyers[index]!, purchases, at);
    }
  }

  #grow(): void {
    this.buyers = widen(this.buyers, Math.max(64, this.count + 1));
    this.purchases = widen(this.purchases, this.buyers.length * PURCHASE_WIDTH);
  }
}

/** The value that has `rank − 1` larger ones among the first `count`; rearranges them. */
export function largest(values: number[], count: number, rank: number): number {
  quickselect(values, count - rank, 0, count - 1);
  return values[count - rank]!;
}
