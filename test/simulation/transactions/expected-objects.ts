import { formatAmount } from '../../../lib/core/events/amount.ts';
import { formatTimestamp } from '../../../lib/core/events/timestamp.ts';
import type { StoredTransaction } from '../../../lib/core/transactions-cloud/stored-transaction.ts';
import { grouped } from './grouped.ts';
import type { SentTransaction } from './sent-lines.ts';
import type { UserHistory } from './user-history.ts';

/** The objects of the output bucket as the README tells of them: key and lines. */
export function expectedObjects(histories: readonly UserHistory[], sent: readonly SentTransaction[]): string[] {
  return [
    ...histories.flatMap(({ told }) =>
      told.flatMap(({ arrivedAt, version, anomalies, rejected }) => [
        object(`anomalies/${timeName(arrivedAt)}-USER-${version}.json`, anomalies.map(anomalyLine)),
        object(`rejected/transactions/${timeName(arrivedAt)}-USER-${version}.json`, rejected.map(rejectedLine)),
      ]),
    ),
    ...malformedObjects(sent),
  ].filter((one) => !one.endsWith(' []'));
}

function malformedObjects(sent: readonly SentTransaction[]): string[] {
  const malformed = sent.filter(({ transaction }) => transaction === undefined);
  const byRecord = grouped(malformed, ({ record }) => record);
  return Array.from(byRecord, ([{ at, shard, sequenceNumber }, lines]) =>
    object(`rejected/transactions/${timeName(at)}-${shard}-${sequenceNumber}.json`, lines.map(rejectedLine)),
  );
}

function object(key: string, lines: readonly object[]): string {
  return `${key} ${JSON.stringify(lines)}`;
}

function timeName(at: number): string {
  const [date = '', time = ''] = new Date(Math.round(at)).toISOString().split('T');
  return `date=${date}/${date.replaceAll('-', '')}T${time.replaceAll(/[:.]/g, '')}`;
}

function anomalyLine({ transaction, judgement, detectedAt, mode, model }: StoredTransaction): object {
  return {
    transaction_id: transaction.id,
    user_id: transaction.user,
    amount: formatAmount(transaction.amount),
    timestamp: formatTimestamp(transaction.time),
    location: transaction.location,
    merchant_category: transaction.merchantCategory,
    payment_method: transaction.paymentMethod,
    anomaly_score: judgement.score,
    is_anomaly: true,
    severity: judgement.severity,
    reasons: judgement.reasons,
    detection_time: new Date(detectedAt).toISOString(),
    mode,
    model,
  };
}

function rejectedLine({ text, record, line }: SentTransaction): object {
  return { reason: true, line: text, shard: record.shard, sequence_number: record.sequenceNumber, line_number: line };
}
