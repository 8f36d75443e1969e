import { joinParts } from './exact-amount.ts';
import { HIGH, LOW, PURCHASE_WIDTH } from './purchase-record.ts';

/** Fewer purchases than this say nothing about what is usual. */
const LEAST_PURCHASES = 2;

/** How many standard deviations above the mean is anomalous, squared. */
const LIMIT_SQUARED = 9;

/** Integers below this are exact in a double, and so are their sums and differences. */
const EXACT = Number.MAX_SAFE_INTEGER;

const MICROS_PER_HUNDREDTH = 10_000n;

export interface Statistics {
  /** Decimal texts in the unit of the amounts, truncated to two decimals. */
  readonly mean: string;
  readonly sd: string;
}

/** The purchases that an amount is compared with: the first `count` of a list of {@link PURCHASE_WIDTH} doubles each. */
export interface Sample {
  readonly purchases: Float64Array;
  readonly count: number;
}

/**
 * Whether the amount `high · 2^53 + low` is above mean + 3·sd of the sample, with the population standard deviation. Exact:
 * doubles decide only what no rounding can turn, the rest is left to integers (the floating-point filter of exact geometry:
 * Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997).
 */
export function isAnomalous({ purchases, count }: Sample, high: number, low: number): boolean {
  if (count < LEAST_PURCHASES) return false;
  let sum = 0;
  let largest = low;
  let highParts = high;
  for (let at = 0; at < count * PURCHASE_WIDTH; at += PURCHASE_WIDTH) {
    const amount = purchases[at + LOW]!;
    sum += amount;
    if (amount > largest) largest = amount;
    highParts += purchases[at + HIGH]!;
  }
  if (highParts > 0 || count * largest > EXACT) return isAnomalousExactly({ purchases, count }, high, low);

  // With N purchases of sum S: N·x − S is N times the distance from the mean, and exact here.
  const distance = count * low - sum;
  if (distance <= 0) return false;
  let squares = 0;
  for (let at = LOW; at < count * PURCHASE_WIDTH; at += PURCHASE_WIDTH) {
    const deviation = count * purchases[at]! - sum;
    squares += deviation * deviation;
  }
  const left = count * distance * distance;
  const right = LIMIT_SQUARED * squares;
  // Each side is a sum of at most N positive terms, each rounded a few times: its relative error is below (N + 4) · 2^-53.
  const error = (count + 4) * Number.EPSILON;
  if (left > right * (1 + error)) return true;
  if (left < right * (1 - error)) return false;
  return isAnomalousExactly({ purchases, count }, high, low);
}

/** Mean and standard deviation of a sample of at least one purchase. */
export function statisticsOf(sample: Sample): Statistics {
  const { count, sum, variance } = momentsOf(sample);
  const unit = count * MICROS_PER_HUNDREDTH;
  return { mean: inUnits(sum / unit), sd: inUnits(squareRoot(variance / unit ** 2n)) };
}

function isAnomalousExactly(sample: Sample, high: number, low: number): boolean {
  const { count, sum, variance } = momentsOf(sample);
  const distance = count * joinParts(high, low) - sum;
  return distance > 0n && distance * distance > BigInt(LIMIT_SQUARED) * variance;
}

/** N, the sum S, and N² times the variance, which is N·Σx² − S²: integers. */
function momentsOf({ purchases, count }: Sample): { count: bigint; sum: bigint; variance: bigint } {
  let sum = 0n;
  let squares = 0n;
  for (let at = 0; at < count * PURCHASE_WIDTH; at += PURCHASE_WIDTH) {
    const amount = joinParts(purchases[at + HIGH]!, purchases[at + LOW]!);
    sum += amount;
    squares += amount * amount;
  }
  return { count: BigInt(count), sum, variance: BigInt(count) * squares - sum * sum };
}

/** The largest integer whose square is at most `value`: Newton's iteration from above. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function inUnits(hundredths: bigint): string {
  const digits = hundredths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
