import type { Signal } from './signal.ts';
import { money, named } from './wording.ts';

/** High for what anyone spends in this category. */
export const highForCategory: Signal = {
  kind: 'amount',
  unit: 'other',
  rareAmong: 'category',
  measure: ({ logAmount }) => logAmount,
  explain: ({ transaction, logAmount }) =>
    `amount ${money(Math.exp(logAmount))} is among the highest that anyone spends on ${named(transaction.merchantCategory)}`,
};
