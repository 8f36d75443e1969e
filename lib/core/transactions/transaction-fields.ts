import { formatAmount } from '../events/amount.ts';
import { formatTimestamp } from '../events/timestamp.ts';
import type { Transaction } from './transaction.ts';

/** The fields of a transaction as they stand in events, outputs and answers; those that it lacks are left out. */
export function transactionFields({ id, user, amount, time, location, ...transaction }: Transaction) {
  const { merchantCategory, paymentMethod, device, merchant } = transaction;
  return {
    transaction_id: id,
    user_id: user,
    amount: formatAmount(amount),
    timestamp: formatTimestamp(time),
    location,
    merchant_category: merchantCategory,
    payment_method: paymentMethod,
    ...(device !== undefined && { device }),
    ...(merchant !== undefined && { merchant }),
  };
}
