interface Bounds {
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/**
 * For each value the mean of the window before it, less and plus three standard deviations; null until the window is full.
 * Sums over a sliding window: good enough to draw, and no verdict depends on them.
 */
export function windowBounds(values: readonly number[], window: number): Bounds {
  const lower: (number | null)[] = [];
  const upper: (number | null)[] = [];
  // Sums of differences from the first value lose fewer digits.
  const origin = values[0] ?? 0;
  let sum = 0;
  let squares = 0;
  values.forEach((value, index) => {
    const isFull = index >= window;
    const mean = sum / window;
    const reach = 3 * Math.sqrt(Math.max(0, squares / window - mean * mean));
    lower.push(isFull ? origin + mean - reach : null);
    upper.push(isFull ? origin + mean + reach : null);
    const added = value - origin;
    const left = isFull ? (values[index - window] ?? 0) - origin : 0;
    sum += added - left;
    squares += added * added - left * left;
  });
  return { lower, upper };
}
