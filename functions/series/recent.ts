/** What was used last, up to a total weight; beyond, what has not been used for longest is forgotten. */
export class Recent<Value> {
  /** The one used last comes last. */
  readonly #values = new Map<string, Value>();
  readonly #most: number;
  readonly #weightOf: (value: Value) => number;

  constructor(most: number, weightOf: (value: Value) => number) {
    this.#most = most;
    this.#weightOf = weightOf;
  }

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: Value): void {
    this.#values.delete(name);
    this.#values.set(name, value);
  }

  /** Forgets what is too much; weights may have changed. */
  trim(): void {
    let weight = 0;
    for (const value of this.#values.values()) weight += this.#weightOf(value);
    for (const [name, value] of this.#values) {
      if (weight <= this.#most || this.#values.size === 1) return;
      weight -= this.#weightOf(value);
      this.#values.delete(name);
    }
  }
}
