/** How many standard deviations above the mean is anomalous, squared. */
const LIMIT_SQUARED = 9n;

const MICROS_PER_HUNDREDTH = 10_000n;

export interface Statistics {
  /** Decimal texts in the unit of the amounts, truncated to two decimals. */
  readonly mean: string;
  readonly sd: string;
  /** mean + 3·sd. */
  readonly limit: string;
}

/**
 * Whether an amount is above mean + 3·sd of the judged amounts, with the population standard deviation: exactly, in
 * integers. The engine asks only where doubles cannot tell.
 */
export function isAnomalous(judged: readonly bigint[], amount: bigint): boolean {
  const { count, sum, variance } = momentsOf(judged);
  const distance = count * amount - sum;
  return distance > 0n && distance * distance > LIMIT_SQUARED * variance;
}

/** Mean and standard deviation of at least one amount. */
export function statisticsOf(judged: readonly bigint[]): Statistics {
  const { count, sum, variance } = momentsOf(judged);
  const unit = count * MICROS_PER_HUNDREDTH;
  return {
    mean: inUnits(sum / unit),
    sd: inUnits(squareRoot(variance / unit ** 2n)),
    limit: inUnits((sum + squareRoot(LIMIT_SQUARED * variance)) / unit),
  };
}

/** N, the sum S, and N² times the variance, which is N·Σx² − S²: integers. */
function momentsOf(judged: readonly bigint[]): { count: bigint; sum: bigint; variance: bigint } {
  const count = BigInt(judged.length);
  let sum = 0n;
  let squares = 0n;
  for (const amount of judged) {
    sum += amount;
    squares += amount * amount;
  }
  return { count, sum, variance: count * squares - sum * sum };
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
