import { Random } from '../../bench/logs/random.ts';

/** All that a simulation leaves to chance comes from here. */
export class Draws extends Random {
  /** A whole number from the lowest to the highest, both included. */
  integer(lowest: number, highest: number): number {
    return lowest + this.below(highest - lowest + 1);
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('there is nothing to pick from');
    return value;
  }

  /** One of the values, each as likely as its weight says. */
  weighted<Value extends { readonly weight: number }>(values: readonly Value[]): Value {
    let point = this.unit() * values.reduce((sum, { weight }) => sum + weight, 0);
    return values.find(({ weight }) => (point -= weight) < 0) ?? this.pick(values);
  }

  /** A part of the values, in their order; each is in it with this probability. */
  some<Value>(values: readonly Value[], probability = 0.5): Value[] {
    return values.filter(() => this.chance(probability));
  }
}
