interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * For each value the mean of the window before it, less and plus three standard deviations; NaN until the window is full.
 * Sums over a sliding window: good enough to draw, and no verdict depends on them.
 */
export function windowBounds(values: Float64Array, window: number): Bounds {
  const lower = new Float64Array(values.length).fill(Number.NaN);
  const upper = new Float64Array(values.length).fill(Number.NaN);
  // Sums of differences from the first value lose fewer digits.
  const origin = values[0] ?? 0;
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const isFull = index >= window;
    if (isFull) {
      const mean = sum / window;
      const reach = 3 * Math.sqrt(Math.max(0, squares / window - mean * mean));
      lower[index] = origin + mean - reach;
      upper[index] = origin + mean + reach;
    }
    const added = value - origin;
    const left = isFull ? (values[index - window] ?? 0) - origin : 0;
    sum += added - left;
    squares += added * added - left * left;
  }
  return { lower, upper };
}
