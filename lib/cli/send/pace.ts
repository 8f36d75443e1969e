export interface PaceOptions {
  /** Lines a second; as fast as it goes if none is given. */
  readonly rate: number | undefined;
  /** Seconds, of a clock that never goes back. */
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const RECORDS_A_SECOND = 10;
/** What a purchase takes in a log. */
const USUAL_LINE = 100;

/** Keeps lines from going faster than is wanted. */
export class Pace {
  readonly #options: PaceOptions;
  readonly #started: number;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#started = options.clock();
  }

  /** Bytes a record may take, so that the lines flow and do not come in heaps; undefined: any number. */
  get largestRecord(): number | undefined {
    const { rate } = this.#options;
    return rate === undefined ? undefined : Math.ceil((rate / RECORDS_A_SECOND) * USUAL_LINE);
  }

  /** Lines that may go together, for the same reason. */
  get linesAtOnce(): number {
    const { rate = Infinity } = this.#options;
    return Math.ceil(rate / RECORDS_A_SECOND);
  }

  /** Waits until so many lines may have gone since the start. */
  async after(lines: number): Promise<void> {
    const { rate, clock, sleep } = this.#options;
    if (rate === undefined) return;
    const wait = this.#started + lines / rate - clock();
    if (wait > 0) await sleep(wait * 1000);
  }
}
