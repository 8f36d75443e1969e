/**
 * The last values of something that is measured along a series, oldest first, with their mean and standard deviation.
 * Both are computed from the values themselves, in two passes: sums that are carried along would be blind after a huge
 * value has passed. Reads `!` in hot loops, within the bounds of its buffer.
 */
export class Track {
  readonly capacity: number;
  /** Twice the capacity: the values stand together, and move to the front when the end is reached. */
  readonly #buffer: Float64Array;
  #start = 0;
  #end = 0;
  #mean = 0;
  #deviation = 0;
  #isMeasured = false;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#buffer = new Float64Array(2 * capacity);
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** 0 where there are no values. */
  get mean(): number {
    this.#measure();
    return this.#mean;
  }

  /** The population standard deviation. */
  get deviation(): number {
    this.#measure();
    return this.#deviation;
  }

  /** The newest values, at most so many, in place: valid until the next one is added. */
  latest(count: number): Float64Array {
    return this.#buffer.subarray(Math.max(this.#start, this.#end - count), this.#end);
  }

  /** Gives back the value that has left, if there is one. */
  add(value: number): number | undefined {
    if (this.#end === this.#buffer.length) this.#moveToFront();
    const isFull = this.length === this.capacity;
    const left = isFull ? this.#buffer[this.#start++] : undefined;
    this.#buffer[this.#end++] = value;
    this.#isMeasured = false;
    return left;
  }

  #moveToFront(): void {
    this.#buffer.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
  }

  #measure(): void {
    if (this.#isMeasured) return;
    const [buffer, start, end] = [this.#buffer, this.#start, this.#end];
    // Seen from one of the values, so that equal values have a mean of exactly theirs.
    const origin = buffer[start]!;
    const offset = meanFrom(buffer.subarray(start, end), origin);
    this.#mean = origin + offset;
    this.#deviation = Math.sqrt(meanSquareFrom(buffer.subarray(start, end), this.#mean));
    this.#isMeasured = true;
  }
}

/** Four sums side by side: one would wait for itself at each value, which takes twice as long. */
function meanFrom(values: Float64Array, origin: number): number {
  const whole = values.length - (values.length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let at = 0; at < whole; at += 4) {
    first += values[at]! - origin;
    second += values[at + 1]! - origin;
    third += values[at + 2]! - origin;
    fourth += values[at + 3]! - origin;
  }
  for (let at = whole; at < values.length; at++) first += values[at]! - origin;
  return (first + second + (third + fourth)) / Math.max(1, values.length);
}

function meanSquareFrom(values: Float64Array, mean: number): number {
  const whole = values.length - (values.length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let at = 0; at < whole; at += 4) {
    first += (values[at]! - mean) ** 2;
    second += (values[at + 1]! - mean) ** 2;
    third += (values[at + 2]! - mean) ** 2;
    fourth += (values[at + 3]! - mean) ** 2;
  }
  for (let at = whole; at < values.length; at++) first += (values[at]! - mean) ** 2;
  return (first + second + (third + fourth)) / Math.max(1, values.length);
}
