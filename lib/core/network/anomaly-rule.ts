import { joinParts } from './exact-amount.ts';

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
  /** mean + 3·sd. */
  readonly limit: string;
}

/** An amount in millionths, in two parts (see exact-amount.ts). */
export interface Amount {
  readonly high: number;
  readonly low: number;
}

/** The amounts of the purchases that one is judged against: the first `count` of both arrays, `high · 2^53 + low` millionths each. */
export interface JudgedAmounts {
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  readonly count: number;
}

/**
 * Whether the amount `high · 2^53 + low` is above mean + 3·sd of the judged amounts, with the population standard deviation. Exact:
 * doubles decide only what no rounding can turn, the rest is left to integers (the floating-point filter of exact geometry:
 * Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997).
 */
export function isAnomalous(judged: JudgedAmounts, { high, low }: Amount): boolean {
  const { highs, lows, count } = judged;
  if (count < LEAST_PURCHASES) return false;
  let sum = 0;
  let largest = low;
  let highParts = high;
  for (let index = 0; index < count; index++) {
    const amount = lows[index]!;
    sum += amount;
    if (amount > largest) largest = amount;
    highParts += highs[index]!;
  }
  if (highParts > 0 || count * largest > EXACT) return isAnomalousExactly(judged, { high, low });

  // With N purchases of sum S: N·x − S is N times the distance from the mean, and exact here.
  const distance = count * low - sum;
  if (distance <= 0) return false;
  let squares = 0;
  for (let index = 0; index < count; index++) {
    const deviation = count * lows[index]! - sum;
    squares += deviation * deviation;
  }
  const left = count * distance * distance;
  const right = LIMIT_SQUARED * squares;
  // Each side is a sum of at most N positive terms, each rounded a few times: its relative error is below (N + 4) · 2^-53.
  const error = (count + 4) * Number.EPSILON;
  if (left > right * (1 + error)) return true;
  if (left < right * (1 - error)) return false;
  return isAnomalousExactly(judged, { high, low });
}

/**
 * Whether no sample of at most `size` amounts can have this one above mean + 3·sd, if `atLeast` of them are at least as
 * large. Cantelli's inequality (1928): at most 1 / (1 + k²) of a sample lies k standard deviations above its mean; so where
 * more than a tenth is at least as large, the amount is not anomalous, whatever the other amounts are.
 */
export function isSurelyUsual(atLeast: number, size: number): boolean {
  return atLeast * (1 + LIMIT_SQUARED) > size;
}

/** Mean and standard deviation of at least one amount. */
export function statisticsOf(judged: JudgedAmounts): Statistics {
  const { count, sum, variance } = momentsOf(judged);
  const unit = count * MICROS_PER_HUNDREDTH;
  return {
    mean: inUnits(sum / unit),
    sd: inUnits(squareRoot(variance / unit ** 2n)),
    limit: inUnits((sum + squareRoot(BigInt(LIMIT_SQUARED) * variance)) / unit),
  };
}

function isAnomalousExactly(judged: JudgedAmounts, { high, low }: Amount): boolean {
  const { count, sum, variance } = momentsOf(judged);
  const distance = count * joinParts(high, low) - sum;
  return distance > 0n && distance * distance > BigInt(LIMIT_SQUARED) * variance;
}

/** N, the sum S, and N² times the variance, which is N·Σx² − S²: integers. */
function momentsOf({ highs, lows, count }: JudgedAmounts): { count: bigint; sum: bigint; variance: bigint } {
  let sum = 0n;
  let squares = 0n;
  for (let index = 0; index < count; index++) {
    const amount = joinParts(highs[index]!, lows[index]!);
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
