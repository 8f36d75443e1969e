import { formatAmount } from '../../events/amount.ts';
import type { Signal } from './signal.ts';

/** High among all users' amounts: where there is most to lose, and all there is to go by for a new user. */
export const highAmount: Signal = {
  kind: 'amount',
  unit: 'other',
  rareAmong: 'all',
  measure: ({ logAmount }) => logAmount,
  explain: ({ transaction }) => `amount ${formatAmount(transaction.amount)} is among the highest of all users`,
};
