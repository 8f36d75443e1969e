import { formatAmount } from '../../events/amount.ts';
import type { Signal } from './signal.ts';
import { named } from './wording.ts';

/** High for what anyone spends in this category. */
export const highForCategory: Signal = {
  kind: 'amount',
  unit: 'other',
  rareAmong: 'category',
  measure: ({ logAmount }) => logAmount,
  explain: ({ transaction }) =>
    `amount ${formatAmount(transaction.amount)} is among the highest that anyone spends on ${named(transaction.merchantCategory)}`,
};
