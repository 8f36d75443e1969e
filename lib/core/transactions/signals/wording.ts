import { formatAmount } from '../../events/amount.ts';
import type { Micros } from '../../events/event.ts';
import { quote } from '../../events/event.ts';

/** An amount with two decimals. */
export function money(amount: number): string {
  return formatAmount(BigInt(Math.round(amount * 100) * 10_000) as Micros);
}

/** How many times as much: two digits, or more where there are more before the point. */
export function times(factor: number): string {
  return factor >= 10 ? factor.toFixed(0) : factor.toFixed(1);
}

/** A share as a percentage. */
export function percent(share: number): string {
  const percentage = share * 100;
  return `${percentage > 0 && percentage < 0.1 ? 'under 0.1' : percentage.toFixed(percentage < 10 ? 1 : 0)} %`;
}

/** A name from a transaction. */
export function named(text: string): string {
  return /^[\w .&-]{1,40}$/.test(text) ? text : quote(text);
}
