import type { Lane } from './lanes.ts';

/** Of a record or a line that was given up: it is applied; it is left to be applied; or nobody can tell, as the history is gone. */
export type Verdict = 'applied' | 'left' | 'unknown';

/** What is the same for all places of a lane up to a number, from where it was asked. */
export interface VerdictUpTo {
  readonly verdict: Verdict;
  /** Undefined where it is so for all that follow. */
  readonly last: bigint | undefined;
}

/** What is known of the places of some lanes. */
export class Verdicts {
  readonly #known = new Map<string, Verdict>();

  set({ kind, name }: Lane, number: bigint, verdict: Verdict): void {
    this.#known.set(`${kind} ${number} ${name}`, verdict);
  }

  /** `unknown` for a place that nothing was found out about. */
  of({ kind, name }: Lane, number: bigint): Verdict {
    return this.#known.get(`${kind} ${number} ${name}`) ?? 'unknown';
  }
}
