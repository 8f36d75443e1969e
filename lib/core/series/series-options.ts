export const LIMITS = ['calibrated', 'textbook'] as const;

export type Limits = (typeof LIMITS)[number];

export interface SeriesOptions {
  /** How many previous values a value is judged against: an integer from 2 to 10,000. */
  readonly window: number;
  /** Limits that each model sets by its own past scores, by default, or those of the textbooks. */
  readonly limits?: Limits;
}

export const LEAST_WINDOW = 2;
export const LARGEST_WINDOW = 10_000;

/** @throws RangeError */
export function checkWindow(window: number): void {
  if (Number.isInteger(window) && window >= LEAST_WINDOW && window <= LARGEST_WINDOW) return;
  throw new RangeError(
    `the window must be an integer from ${LEAST_WINDOW} to ${LARGEST_WINDOW.toLocaleString('en')} (given ${window})`,
  );
}
