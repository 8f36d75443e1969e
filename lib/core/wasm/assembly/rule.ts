import { listCount, listed } from './purchase-list';

/** What a judgement finds; TypeScript, which has integers of any length, decides where doubles cannot. */
export const USUAL: i32 = 0;
const ANOMALOUS: i32 = 1;
const UNSURE: i32 = 2;

/** Fewer purchases than this say nothing about what is usual. */
const LEAST_PURCHASES: u32 = 2;

/** How many standard deviations above the mean is anomalous, squared. */
const LIMIT_SQUARED: f64 = 9;

/** Integers up to this one are exact in a double, and so are their sums and differences. */
const EXACT: f64 = 9007199254740991;
const EPSILON: f64 = 1 / 4503599627370496;

/**
 * Whether the amount `high · 2^53 + low` is above mean + 3·sd of the listed purchases, with the population standard deviation. Doubles
 * decide only what no rounding can turn (the floating-point filter of exact geometry: Shewchuk, Adaptive Precision
 * Floating-Point Arithmetic, 1997).
 */
export function ruleOnList(high: f64, low: f64): i32 {
  const size = listCount;
  if (size < LEAST_PURCHASES) return USUAL;
  let sum: f64 = 0;
  let largest = low;
  let highParts = high;
  for (let index: u32 = 0; index < size; index++) {
    const purchase = listed(index);
    sum += purchase.low;
    largest = max(largest, purchase.low);
    highParts += purchase.high;
  }
  const count = <f64>size;
  if (highParts > 0 || count * largest > EXACT) return UNSURE;

  // With N purchases of sum S: N·x − S is N times the distance from the mean, and exact here.
  const distance = count * low - sum;
  if (distance <= 0) return USUAL;
  let squares: f64 = 0;
  for (let index: u32 = 0; index < size; index++) {
    const deviation = count * listed(index).low - sum;
    squares += deviation * deviation;
  }
  const left = count * distance * distance;
  const right = LIMIT_SQUARED * squares;
  // Each side is a sum of at most N positive terms, each rounded a few times: its relative error is below (N + 4) · 2^-53.
  const error = (count + 4) * EPSILON;
  if (left > right * (1 + error)) return ANOMALOUS;
  return left < right * (1 - error) ? USUAL : UNSURE;
}

/**
 * Whether no sample of at most `size` amounts can have one above mean + 3·sd if `atLeast` of them are at least as
 * large. Cantelli's inequality (1928): at most 1 / (1 + k²) of a sample lies k standard deviations above its mean; so where
 * more than a tenth is at least as large, the amount is not anomalous, whatever the other amounts are.
 */
export function isSurelyUsual(atLeast: u32, size: u32): bool {
  return <f64>atLeast * (1 + LIMIT_SQUARED) > <f64>size;
}

/** More than amounts lose when they are rounded down (see glances.ts), relative to what is left. */
const MOST_LOST: f64 = 0.01;

/**
 * What mean + 3·sd of at most `size` amounts is at least, of which `count` are known but for their rounding down: the sum of these,
 * and of their squares. The others add to the sum, and to the squared deviations from any mean, of which that from
 * their own is the least. As the standard deviation is a seminorm, rounding moves it by no more than the quadratic mean of what
 * was lost; what doubles round is tinier. Not a number if nothing is known, or an amount is not.
 */
export function leastLimit(size: u32, count: u32, sum: f64, squares: f64): f64 {
  const squaredDeviations = max(0, squares - (sum * sum) / <f64>count);
  return (
    (sum + 3 * (Math.sqrt(squaredDeviations * <f64>size) - MOST_LOST * Math.sqrt(squares * <f64>size))) / <f64>size
  );
}
