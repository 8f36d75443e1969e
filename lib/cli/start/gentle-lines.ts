export interface GentleLinesOptions {
  /** Milliseconds, of any beginning. */
  readonly now: () => number;
  /** Calls back so many milliseconds later. */
  readonly later: (milliseconds: number, action: () => void) => void;
  /** It is time to tell what was held back. */
  readonly onHeldBack: () => void;
}

const MOST_AT_ONCE = 4;
const WHILE_MS = 4_000;

/** Lets as many lines through as a person can read, and counts the others. */
export class GentleLines {
  readonly #options: GentleLinesOptions;
  #since = -Infinity;
  #shown = 0;
  #heldBack = 0;

  constructor(options: GentleLinesOptions) {
    this.#options = options;
  }

  /** Gives those that are to be shown now. */
  take(lines: readonly string[]): readonly string[] {
    const { now, later, onHeldBack } = this.#options;
    const at = now();
    if (at - this.#since >= WHILE_MS && this.#heldBack === 0) {
      this.#since = at;
      this.#shown = 0;
    }
    const shown = lines.slice(0, MOST_AT_ONCE - this.#shown);
    this.#shown += shown.length;
    const heldBack = lines.length - shown.length;
    if (heldBack > 0 && this.#heldBack === 0) later(this.#since + WHILE_MS - at, onHeldBack);
    this.#heldBack += heldBack;
    return shown;
  }

  /** How many were held back since this was last asked. */
  takeHeldBack(): number {
    const count = this.#heldBack;
    this.#heldBack = 0;
    return count;
  }
}
