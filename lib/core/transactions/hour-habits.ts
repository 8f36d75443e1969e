import type { Seconds } from '../events/event.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { valueAt } from './value-at.ts';

const DAY = 86_400;
export const HOURS = 24;

/** Seconds since midnight. */
export function secondOfDay(time: Seconds): number {
  return ((time % DAY) + DAY) % DAY;
}

/** At which hours of the day a user is active. */
export class HourHabits {
  readonly #weights = new Float32Array(HOURS);

  decay(factor: number): void {
    for (let hour = 0; hour < HOURS; hour++) this.#weights[hour] = this.#weight(hour) * factor;
  }

  add(time: Seconds): void {
    const hour = hourOf(time);
    this.#weights[hour] = this.#weight(hour) + 1;
  }

  merge(other: HourHabits): void {
    for (let hour = 0; hour < HOURS; hour++) this.#weights[hour] = this.#weight(hour) + other.#weight(hour);
  }

  /**
   * How likely this user is to be active at an hour that is no more usual than this one, from 0 to 1. An hour counts with half of
   * its neighbours; all hours together get the weight of one transaction in advance, for those never used so far.
   */
  tail(time: Seconds): number {
    const density = this.#density(hourOf(time));
    let rarer = 0;
    let total = 0;
    for (let hour = 0; hour < HOURS; hour++) {
      const other = this.#density(hour);
      total += other;
      // The same sum in another order may differ in its last digits.
      if (other <= density * (1 + 1e-6)) rarer += other;
    }
    return rarer / total;
  }

  /** Share of the transactions in this hour or the ones beside it, from 0 to 1. */
  shareAround(time: Seconds): number {
    let total = 0;
    for (const weight of this.#weights) total += weight;
    const hour = hourOf(time);
    return total === 0 ? 0 : (this.#weight(hour - 1) + this.#weight(hour) + this.#weight(hour + 1)) / total;
  }

  /** Weight of each hour, from midnight on. */
  get weights(): readonly number[] {
    return [...this.#weights];
  }

  save(writer: ByteWriter): void {
    writer.floats(this.#weights);
  }

  restore(reader: ByteReader): void {
    this.#weights.set(reader.floats(HOURS));
  }

  #density(hour: number): number {
    return 1 / HOURS + (this.#weight(hour) + (this.#weight(hour - 1) + this.#weight(hour + 1)) / 2) / 2;
  }

  #weight(hour: number): number {
    return valueAt(this.#weights, (hour + HOURS) % HOURS);
  }
}

function hourOf(time: Seconds): number {
  return Math.floor(secondOfDay(time) / 3600);
}
