import { addAmount, addMoments, noMoments, type AmountMoments } from './amount-moments.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { shortName } from './short-name.ts';

const HALF_AN_OBSERVATION = 0.5;

/** Of what was seen once, no more is left after three times as many transactions as a profile remembers: it is forgotten. */
const FORGOTTEN = 0.05;

/**
 * How often a user has chosen each of several names, and for what amounts. Bounded: of more names than fit, the rarest are
 * counted together.
 */
export class HabitTable {
  readonly #limit: number;
  readonly #habits = new Map<string, AmountMoments>();
  #others = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get names(): IterableIterator<[name: string, amounts: AmountMoments]> {
    return this.#habits.entries();
  }

  /** The amounts spent on a name, if it is known. */
  find(text: string): AmountMoments | undefined {
    return this.#habits.get(shortName(text));
  }

  /** Makes everything seen so far weigh less. */
  decay(factor: number): void {
    this.#others = Math.fround(this.#others * factor);
    for (const [name, habit] of this.#habits) {
      habit.weight = Math.fround(habit.weight * factor);
      if (habit.weight < FORGOTTEN) this.#habits.delete(name);
    }
  }

  add(text: string, logAmount: number): void {
    const name = shortName(text);
    let habit = this.#habits.get(name);
    if (habit === undefined) {
      habit = noMoments();
      this.#habits.set(name, habit);
    }
    addAmount(habit, logAmount);
    this.#dropRarest(name);
  }

  /**
   * How likely this user is to choose something that is no more usual than this, from 0 to 1. What was never seen has the weight
   * of half an observation, as Krichevsky & Trofimov (1981) give it, and that of what did not fit.
   */
  tail(text: string): number {
    const chosen = this.find(text)?.weight ?? 0;
    let total = 0;
    let rarer = 0;
    for (const { weight } of this.#habits.values()) {
      total += weight;
      if (weight <= chosen) rarer += weight;
    }
    const unseen = HALF_AN_OBSERVATION + this.#others;
    return (rarer + unseen) / (total + unseen);
  }

  /** Share of the choices that fell on this, from 0 to 1. */
  share(text: string): number {
    let total = this.#others;
    for (const { weight } of this.#habits.values()) total += weight;
    return total === 0 ? 0 : (this.find(text)?.weight ?? 0) / total;
  }

  merge(other: HabitTable): void {
    this.#others = Math.fround(this.#others + other.#others);
    for (const [name, moments] of other.#habits) {
      const habit = this.#habits.get(name);
      if (habit === undefined) this.#habits.set(name, { ...moments });
      else addMoments(habit, moments);
    }
    while (this.#habits.size > this.#limit) this.#dropRarest('');
  }

  save(writer: ByteWriter): void {
    writer.float(this.#others);
    writer.byte(this.#habits.size);
    for (const [name, { weight, mean, variance }] of this.#habits) {
      writer.text(name);
      writer.floats([weight, mean, variance]);
    }
  }

  restore(reader: ByteReader): void {
    this.#others = reader.float();
    const size = reader.byte();
    if (size > this.#limit) throw reader.fault(`it lists ${size} habits of a kind, at most ${this.#limit} are kept`);
    for (let left = size; left > 0; left--) {
      const name = reader.text();
      this.#habits.set(name, { weight: reader.float(), mean: reader.float(), variance: reader.float() });
    }
  }

  #dropRarest(except: string): void {
    if (this.#habits.size <= this.#limit) return;
    let rarest = '';
    let least = Infinity;
    for (const [name, { weight }] of this.#habits) {
      if (weight >= least || name === except) continue;
      rarest = name;
      least = weight;
    }
    this.#habits.delete(rarest);
    this.#others = Math.fround(this.#others + least);
  }
}
