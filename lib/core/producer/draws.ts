import { Random } from '../forest/random.ts';

/** Draws from the distributions of a simulation, by numbers of at least 0 and below 1 from a seeded generator. */
export class Draws {
  readonly #unit: () => number;

  constructor(unit: () => number) {
    this.#unit = unit;
  }

  /** Numbers of one series (0 to 2^21 - 1) of a seed (0 to 2^32 - 1), which tell nothing of those of another. */
  static seeded(seed: number, series: number): Draws {
    const random = new Random(series * 2 ** 32 + seed);
    return new Draws(() => random.unit());
  }

  /** A number of at least `low` and below `high`. */
  between(low: number, high: number): number {
    return low + this.#unit() * (high - low);
  }

  /** A whole number of at least 0 and below the limit. */
  below(limit: number): number {
    return Math.floor(this.#unit() * limit);
  }

  chance(probability: number): boolean {
    return this.#unit() < probability;
  }

  /** A number whose logarithm is normal: half of them are below the median (Box and Muller 1958). */
  logNormal(median: number, spread: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#unit()));
    return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * this.#unit()));
  }

  /** How many of what happens `mean` times on average, in time linear in the mean (Knuth, TAOCP 2, 3.4.1). */
  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.#unit(); product > limit; product *= this.#unit()) count++;
    return count;
  }

  /** One of a list that is not empty. */
  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  /** One of a list that is not empty, each as often as its weight says. */
  weighted<Value extends { readonly weight: number }>(values: readonly Value[]): Value {
    const total = values.reduce((sum, { weight }) => sum + weight, 0);
    let left = this.#unit() * total;
    return values.find(({ weight }) => (left -= weight) < 0) ?? (values.at(-1) as Value);
  }

  /** So many different ones of a list, each as likely as its weight says; all of it if it is shorter. */
  several<Value extends { readonly weight: number }>(values: readonly Value[], count: number): Value[] {
    const left = [...values];
    const chosen: Value[] = [];
    while (chosen.length < count && left.length > 0) {
      const value = this.weighted(left);
      left.splice(left.indexOf(value), 1);
      chosen.push(value);
    }
    return chosen;
  }
}
