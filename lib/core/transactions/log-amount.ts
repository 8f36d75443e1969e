import type { Transaction } from './transaction.ts';

const MICROS = 1e6;
/** Below a hundredth, amounts are all the same: nobody pays them, and a logarithm needs a least one. */
const LEAST = 0.01;

/** Natural logarithm of the amount, as a 32-bit float. */
export function logAmountOf({ amount }: Transaction): number {
  return Math.fround(Math.log(Math.max(Number(amount) / MICROS, LEAST)));
}
