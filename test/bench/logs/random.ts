const WARM_UP_ROUNDS = 12;

/**
 * The same numbers from the same seed, everywhere: sfc32, Chris Doty-Humphrey's small fast counting generator of
 * PractRand 0.95 (https://pracrand.sourceforge.net/RNG_engines.txt). Not for secrets.
 */
export class Random {
  #a = 0;
  #b: number;
  #c = 0;
  #counter = 1;

  constructor(seed: number) {
    this.#b = seed | 0;
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.unit();
  }

  /** A number of at least 0 and below 1. */
  unit(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number of at least 0 and below the limit. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  between(low: number, high: number): number {
    return low + this.unit() * (high - low);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }
}
