import { formatTimestamp } from '../../../lib/core/events/timestamp.ts';
import type { Random } from './random.ts';

const START = Date.UTC(2026, 0, 5, 8, 0, 0) / 1000;
const EVENTS_PER_SECOND = 6;
const LONGEST_DELAY_SECONDS = 3600;

/** The timestamps of a log: several events share a second, as in real logs, and some come late. */
export class EventClock {
  readonly #random: Random;
  readonly #lateShare: number;
  #now = START;
  #text = formatTimestamp(START);

  constructor(random: Random, lateShare: number) {
    this.#random = random;
    this.#lateShare = lateShare;
  }

  /** The timestamp of the next event. */
  next(): string {
    if (this.#random.chance(1 / EVENTS_PER_SECOND)) this.#text = formatTimestamp(++this.#now);
    if (!this.#random.chance(this.#lateShare)) return this.#text;
    return formatTimestamp(this.#now - 1 - this.#random.below(LONGEST_DELAY_SECONDS));
  }
}
