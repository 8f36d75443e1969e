import type { Draws } from './draws.ts';

/** What can go wrong, and how often at most, of the times that it could. */
const HIGHEST_RATES = {
  /** The request does not arrive, and the caller is told so. */
  requestLost: 0.05,
  /** The request takes effect, and the caller is told that it timed out. */
  replyLost: 0.08,
  /** The caller is told that it timed out, and the request takes effect some time later. */
  requestLate: 0.05,
  /** The request takes effect or not, and nobody answers ever. */
  unanswered: 0.01,
  /** The request takes effect, the reply is lost, and the client sends it again by itself. */
  sentAgain: 0.06,
  /** An attempt that the client took for lost, and repeated, arrives after all, long after the other. */
  arrivesTwice: 0.04,
  throttled: 0.06,
  /** Only a part of a batch is done, or a page is short. */
  partial: 0.3,
  /** A read without consistency gives an older state. */
  stale: 0.5,
  /** The invocation dies at an await. */
  killed: 0.04,
  /** An invocation is taken for dead, and goes on. */
  abandoned: 0.1,
  /** Records that have been dealt with are delivered again. */
  redelivered: 0.3,
  /** An upload is announced once more. */
  announcedAgain: 0.3,
  /** A producer puts a record again that the stream has. */
  putAgain: 0.2,
  /** The invocation of a function starts in a new sandbox though there is an idle one. */
  coldStart: 0.3,
} as const satisfies Readonly<Record<string, number>>;

export type Fault = keyof typeof HIGHEST_RATES;

/**
 * Decides what goes wrong. Each simulation has rates of its own, and spares some faults altogether: those that are rare where
 * all are possible get their chance (swarm testing, Groce et al. 2012). After a number of faults there are no more.
 */
export class Faults {
  readonly #draws: Draws;
  readonly #rates = new Map<Fault, number>();
  #left: number;

  constructor(draws: Draws, most: number) {
    this.#draws = draws;
    this.#left = most;
    for (const [fault, highest] of Object.entries(HIGHEST_RATES)) {
      this.#rates.set(fault as Fault, draws.chance(0.35) ? 0 : highest * draws.unit());
    }
  }

  get isCalm(): boolean {
    return this.#left <= 0;
  }

  strikes(fault: Fault): boolean {
    const rate = this.#rates.get(fault) ?? 0;
    if (this.#left <= 0 || rate === 0 || !this.#draws.chance(rate)) return false;
    this.#left--;
    return true;
  }

  /** From now on nothing goes wrong. */
  calm(): void {
    this.#left = 0;
  }
}
