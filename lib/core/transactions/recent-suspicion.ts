import type { Seconds } from '../events/event.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** A stolen card is used up within days: what was suspicious two days ago counts half. */
const HALF_LIFE: Seconds = 2 * 86_400;
/** Each further transaction leaves so much: the last three or so count. */
const KEPT = 0.7;
/** A cumulative sum rises by what is above the mean of usual (1) and unusual (ln 20 = 3 and more) surprises: Page 1954. */
const REFERENCE = 2;
/** One transaction, however unusual, is no spree by itself. */
const MOST = 9;

/** How unusual a user's latest transactions were: thefts come in sprees. In nats. */
export class RecentSuspicion {
  #sum = 0;
  #time: Seconds = 0;

  at(time: Seconds): number {
    return Math.fround(this.#sum * 2 ** (-Math.max(0, time - this.#time) / HALF_LIFE));
  }

  add(time: Seconds, surprise: number): void {
    const rise = Math.max(0, Math.min(surprise, MOST) - REFERENCE);
    this.#sum = Math.fround(this.at(time) * KEPT + rise);
    this.#time = Math.max(time, this.#time);
  }

  merge(other: RecentSuspicion): void {
    const latest = Math.max(this.#time, other.#time);
    this.#sum = Math.fround(this.at(latest) + other.at(latest));
    this.#time = latest;
  }

  save(writer: ByteWriter): void {
    writer.float(this.#sum);
    writer.double(this.#time);
  }

  restore(reader: ByteReader): void {
    this.#sum = reader.float();
    this.#time = reader.double();
  }
}
