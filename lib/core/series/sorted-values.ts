/** Values in ascending order, kept so as they come and go: a binary search and one move of memory each. */
export class SortedValues {
  readonly #values: Float64Array;
  #length = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  add(value: number): void {
    const at = this.#rankOf(value);
    this.#values.copyWithin(at + 1, at, this.#length++);
    this.#values[at] = value;
  }

  /** One that is there. */
  remove(value: number): void {
    const at = this.#rankOf(value);
    this.#values.copyWithin(at, at + 1, this.#length--);
  }

  /**
   * The value at a share from 0 to 1 of the way from the least to the greatest, interpolated between neighbours
   * (Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 1996, definition 7: numpy's
   * default). There must be values.
   */
  quantile(share: number): number {
    const place = (this.#length - 1) * share;
    const below = Math.floor(place);
    const value = this.#values[below]!;
    const next = this.#values[Math.min(below + 1, this.#length - 1)]!;
    return value + (place - below) * (next - value);
  }

  /** How many are less. */
  #rankOf(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#values[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
