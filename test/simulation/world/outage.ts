import type { Clock } from './clock.ts';

export interface OutageOptions {
  readonly clock: Clock;
  /** As the service calls itself: `dynamodb`, `s3`. */
  readonly service: string;
  readonly lastsMs: number;
}

/** So many requests go well before. */
const FIRST = 20;
/** What it takes a client to be told no. */
const REFUSAL_MS = 2_000;

/** A service that answers nobody for some minutes. */
export class Outage {
  refused = 0;
  readonly #options: OutageOptions;
  #asked = 0;
  #until = Infinity;

  constructor(options: OutageOptions) {
    this.#options = options;
  }

  refuses(service: string): boolean {
    const { clock, lastsMs } = this.#options;
    if (service !== this.#options.service || ++this.#asked < FIRST) return false;
    if (this.#asked === FIRST) this.#until = clock.now + lastsMs;
    if (clock.now >= this.#until) return false;
    clock.advanceTo(clock.now + REFUSAL_MS);
    this.refused++;
    return true;
  }
}
