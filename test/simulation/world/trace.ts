/** The steps of a simulation, for whoever has to understand why it failed. */
export class Trace {
  readonly lines: string[] = [];
  readonly #isKept: boolean;

  constructor(isKept: boolean) {
    this.#isKept = isKept;
  }

  /** Takes a function, so that a simulation that nobody looks at makes no texts. */
  note(line: () => string): void {
    if (this.#isKept) this.lines.push(line());
  }
}
