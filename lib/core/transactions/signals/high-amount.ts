import type { Signal } from './signal.ts';
import { money } from './wording.ts';

/** High among all users' amounts: where there is most to lose, and all there is to go by for a new user. */
export const highAmount: Signal = {
  kind: 'amount',
  unit: 'other',
  rareAmong: 'all',
  measure: ({ logAmount }) => logAmount,
  explain: ({ logAmount }) => `amount ${money(Math.exp(logAmount))} is among the highest of all users`,
};
