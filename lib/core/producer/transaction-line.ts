import { formatAmount } from '../events/amount.ts';
import { formatTimestamp } from '../events/timestamp.ts';
import type { Transaction } from '../transactions/transaction.ts';

/** A transaction as an event of the stream, without a newline; its label is a field that no detector reads. */
export function formatTransaction(transaction: Transaction): string {
  const { id, user, amount, time, location, merchantCategory, paymentMethod, device, merchant, label } = transaction;
  return JSON.stringify({
    event_type: 'transaction',
    transaction_id: id,
    user_id: user,
    amount: formatAmount(amount),
    timestamp: formatTimestamp(time),
    location,
    merchant_category: merchantCategory,
    payment_method: paymentMethod,
    device,
    merchant,
    label,
  });
}
