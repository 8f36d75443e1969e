import { formatAmount } from '../../core/events/amount.ts';
import type { Purchase } from '../../core/events/event.ts';
import { formatTimestamp } from '../../core/events/timestamp.ts';
import type { Paint } from './paint.ts';
import { shortPrintable } from './printable.ts';

const LONGEST_ID = 40;

/** Who bought for how much, and when. */
export function purchaseSentence({ user, amount, time }: Purchase, paint: Paint): string {
  const who = paint('bold', `User ${userName(user)}`);
  return `${who} bought for ${paint('bold', paint('red', formatAmount(amount)))} on ${formatTimestamp(time)}`;
}

export function userName(id: string): string {
  return shortPrintable(id, LONGEST_ID);
}
