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
    const amount = Math.exp(logAmount);
    return `amount ${money(amount)} is only ${percent(amount / usual)} of this user's usual ${money(usual)} for ${named(transaction.merchantCategory)}`;
  },
};
