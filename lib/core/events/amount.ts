import type { Micros } from './event.ts';

/** Decimals an amount may have: one more digit would be finer than a millionth. */
export const AMOUNT_DECIMALS = 6;

/** Digits an amount may have before its point, leading zeros aside: enough for any currency, and a bound on what a hostile line can cost. */
export const AMOUNT_DIGITS = 24;

// Takes time linear in the text, also when it fails at its end.
const SHAPE = /^(\d+)(?:\.(\d{1,6}))?$/;

/** Reads a decimal of at least 0 (`16.83`, `7`); undefined for a sign, an exponent, or digits beyond the limits. */
export function parseAmount(text: string): Micros | undefined {
  const parts = SHAPE.exec(text);
  if (parts === null) return undefined;
  const [, whole = '', decimals = ''] = parts;
  const units = whole.replace(/^0+/, '');
  if (units.length > AMOUNT_DIGITS) return undefined;
  return BigInt(units + decimals.padEnd(AMOUNT_DECIMALS, '0')) as Micros;
}

/** The amount in full: at least two decimals, more where it has them (`16.83`, `0.125`). */
export function formatAmount(amount: Micros): string {
  const digits = amount.toString().padStart(AMOUNT_DECIMALS + 1, '0');
  const decimals = digits.slice(-AMOUNT_DECIMALS);
  return `${digits.slice(0, -AMOUNT_DECIMALS)}.${decimals.slice(0, 2)}${decimals.slice(2).replace(/0+$/, '')}`;
}
