import { formatAmount } from '../../events/amount.ts';
import { amountSurprise, usualAmounts } from '../amount-surprise.ts';
import type { Signal } from './signal.ts';
import { money, named, times } from './wording.ts';

/** Above the user's personal threshold: far above what they spend in this category, and at large where they hardly know it. */
export const amountAboveUsual: Signal = {
  kind: 'amount',
  unit: 'nats',
  rareAmong: 'category',
  measure: ({ transaction, logAmount, profile }) => amountSurprise(logAmount, usualAmounts(transaction, profile)),
  explain({ transaction, logAmount, profile }) {
    const usual = Math.exp(usualAmounts(transaction, profile).mean);
    return `amount ${formatAmount(transaction.amount)} is ${times(Math.exp(logAmount) / usual)} times this user's usual ${money(usual)} for ${named(transaction.merchantCategory)}`;
  },
};
