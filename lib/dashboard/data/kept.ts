const MOST_KEPT = 30;

/** What was loaded last, by address: who goes back to a page finds it as it was. */
export class Kept<Value> {
  readonly #values = new Map<string, Value>();

  get(address: string): Value | undefined {
    return this.#values.get(address);
  }

  set(address: string, value: Value): void {
    this.#values.delete(address);
    this.#values.set(address, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > MOST_KEPT && oldest !== undefined) this.#values.delete(oldest);
  }
}
