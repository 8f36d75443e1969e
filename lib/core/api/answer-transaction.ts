import { formatAmount } from '../events/amount.ts';
import { formatTimestamp } from '../events/timestamp.ts';
import type { StoredTransaction } from '../transactions-cloud/stored-transaction.ts';
import type { StoredTransactionAnswer } from './transactions.ts';

/** A transaction as the API tells it: its label, which no detector reads, stays out. */
export function answerTransaction({ transaction, judgement, detectedAt }: StoredTransaction): StoredTransactionAnswer {
  const { id, user, amount, time, location, merchantCategory, paymentMethod, device, merchant } = transaction;
  const { score, isAnomaly, severity, reasons } = judgement;
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
    anomaly_score: score,
    is_anomaly: isAnomaly,
    ...(severity !== undefined && { severity }),
    reasons: reasons.map(({ kind, text }) => ({ kind, text })),
    detection_time: new Date(detectedAt).toISOString(),
  };
}
