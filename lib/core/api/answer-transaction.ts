import { transactionFields } from '../transactions/transaction-fields.ts';
import type { StoredTransaction } from '../transactions-cloud/stored-transaction.ts';
import type { StoredTransactionAnswer } from './transactions.ts';

/** A transaction as the API tells it: its label, which no detector reads, stays out. */
export function answerTransaction({ transaction, judgement, detectedAt }: StoredTransaction): StoredTransactionAnswer {
  const { score, isAnomaly, severity, reasons } = judgement;
  return {
    ...transactionFields(transaction),
    anomaly_score: score,
    is_anomaly: isAnomaly,
    ...(severity !== undefined && { severity }),
    reasons: reasons.map(({ kind, text }) => ({ kind, text })),
    detection_time: new Date(detectedAt).toISOString(),
  };
}
