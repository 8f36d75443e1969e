import { formatAmount } from '../../events/amount.ts';
import { amountSurprise, usualAmounts } from '../amount-surprise.ts';
import type { Signal } from './signal.ts';
import { money, named, percent } from './wording.ts';

/** Far below what the user spends in this category: stolen cards are tried out with small amounts. */
export const amountBelowUsual: Signal = {
  kind: 'amount',
  unit: 'nats',
  rareAmong: 'category',
  measure: ({ transaction, logAmount, profile }) => -amountSurprise(logAmount, usualAmounts(transaction, profile)),
  explain({ transaction, logAmount, profile }) {
    const usual = Math.exp(usualAmounts(transaction, profile).mean);
    return `amount ${formatAmount(transaction.amount)} is only ${percent(Math.exp(logAmount) / usual)} of this user's usual ${money(usual)} for ${named(transaction.merchantCategory)}`;
  },
};
