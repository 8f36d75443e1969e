import { formatTimestamp } from '../../events/timestamp.ts';
import type { Signal } from './signal.ts';
import { percent } from './wording.ts';

/** At an hour of the day when the user is hardly ever active. */
export const unusualHour: Signal = {
  kind: 'hour',
  unit: 'nats',
  rareAmong: 'all',
  measure: ({ transaction, profile }) => -Math.log(profile.hours.tail(transaction.time)),
  explain({ transaction, profile }) {
    const share = profile.hours.shareAround(transaction.time);
    return `${formatTimestamp(transaction.time).slice(11, 16)} is an unusual hour: ${percent(share)} of this user's transactions are within an hour or so of it`;
  },
};
