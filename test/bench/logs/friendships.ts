import type { Random } from './random.ts';

export type Pair = readonly [number, number];

/** The friendships made so far, so that an unfriending is of two friends. */
export class Friendships {
  readonly #random: Random;
  readonly #pairs: Pair[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  add(pair: Pair): void {
    this.#pairs.push(pair);
  }

  /** Ends any one friendship; undefined if there is none. */
  removeAny(): Pair | undefined {
    const place = this.#random.below(this.#pairs.length);
    const removed = this.#pairs[place];
    const last = this.#pairs.pop();
    if (last !== undefined && place < this.#pairs.length) this.#pairs[place] = last;
    return removed;
  }
}
