import { formatAmount } from '../../core/events/amount.ts';
import type { Micros } from '../../core/events/event.ts';

const MICROS_PER_HUNDREDTH = 10_000n;

/** mean + 3·sd of the amounts, truncated to two decimals: with N amounts of sum S, (S + √(9·(N·Σx² − S²))) / N. */
export function limitOf(amounts: readonly Micros[]): string {
  const count = BigInt(amounts.length);
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  const squares = amounts.reduce((total, amount) => total + amount * amount, 0n);
  const limit = (sum + squareRoot(9n * (count * squares - sum * sum))) / count;
  return formatAmount((limit - (limit % MICROS_PER_HUNDREDTH)) as Micros);
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
