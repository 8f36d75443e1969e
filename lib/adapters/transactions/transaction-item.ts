import { idOfText, textOfId } from '../../core/cloud/id-text.ts';
import { expectFormat, UnreadableStateError } from '../../core/cloud/unreadable-state-error.ts';
import { formatAmount, parseAmount } from '../../core/events/amount.ts';
import type { Micros, Seconds, UserId } from '../../core/events/event.ts';
import { formatTimestamp, parseTimestamp } from '../../core/events/timestamp.ts';
import type { TransactionMode } from '../../core/transactions/detectors.ts';
import type { ReasonKind, Severity } from '../../core/transactions/judgement.ts';
import type { Transaction, TransactionId } from '../../core/transactions/transaction.ts';
import type { StoredJudgement, StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import type { RawItem } from '../state/dynamo-batches.ts';
import { momentOf, recentPartition, categoryPartition } from './transaction-keys.ts';

const FORMAT = 1;

/** A transaction as an item: readable as it is, and with the keys of its indexes. */
export function transactionItem(stored: StoredTransaction): RawItem {
  const { transaction, judgement, origin, mode, model, detectedAt, arrivedAt, expiresAt, ordinal } = stored;
  const { id, user, amount, time, location, merchantCategory, paymentMethod, device, merchant, label } = transaction;
  const { score, isAnomaly, severity, reasons, surprise, features } = judgement;
  return {
    transaction_id: text(id),
    user_id: text(user),
    amount: text(formatAmount(amount)),
    timestamp: text(formatTimestamp(time)),
    location: text(location),
    merchant_category: text(merchantCategory),
    payment_method: text(paymentMethod),
    ...(device !== undefined && { device: text(device) }),
    ...(merchant !== undefined && { merchant: text(merchant) }),
    ...(label !== undefined && { label: { L: label.map(text) } }),
    anomaly_score: number(score),
    is_anomaly: { BOOL: isAnomaly },
    ...(severity !== undefined && { severity: text(severity) }),
    ...(reasons.length > 0 && {
      reasons: { L: reasons.map(({ kind, text: why }) => ({ M: { kind: text(kind), text: text(why) } })) },
    }),
    detection_time: text(new Date(detectedAt).toISOString()),
    mode: text(mode),
    ...(model !== undefined && { model: text(model) }),
    ordinal: number(ordinal),
    origin: number(origin),
    surprise: number(surprise),
    features: { B: features },
    arrived_at: number(arrivedAt),
    expires_at: number(Math.ceil(expiresAt / 1000)),
    format: number(FORMAT),
    moment: text(momentOf(transaction)),
    recent: text(recentPartition(id)),
    category: text(categoryPartition(merchantCategory, id)),
  };
}

/** @throws UnreadableStateError */
export function storedTransaction(item: RawItem): StoredTransaction {
  expectFormat(WHAT, numberAt(item, 'format'), FORMAT);
  const model = item['model'] && textAt(item, 'model');
  return {
    transaction: transactionIn(item),
    judgement: judgementIn(item),
    origin: numberAt(item, 'origin'),
    mode: textAt(item, 'mode') as TransactionMode,
    ...(model !== undefined && { model }),
    detectedAt: Date.parse(textAt(item, 'detection_time')),
    arrivedAt: numberAt(item, 'arrived_at'),
    expiresAt: 1000 * numberAt(item, 'expires_at'),
    ordinal: numberAt(item, 'ordinal'),
  };
}

const WHAT = 'transaction';

function transactionIn(item: RawItem): Transaction {
  const { device, merchant, label } = item;
  return {
    id: textAt(item, 'transaction_id') as TransactionId,
    user: textAt(item, 'user_id') as UserId,
    amount: amountIn(item),
    time: timeIn(item),
    location: textAt(item, 'location'),
    merchantCategory: textAt(item, 'merchant_category'),
    paymentMethod: textAt(item, 'payment_method'),
    ...(device && { device: textAt(item, 'device') }),
    ...(merchant && { merchant: textAt(item, 'merchant') }),
    ...(label && { label: (label.L ?? []).map(({ S: kind = '' }) => idOfText(kind) as string) }),
  };
}

function judgementIn(item: RawItem): StoredJudgement {
  const severity = item['severity'] && (textAt(item, 'severity') as Severity);
  const reasons = (item['reasons']?.L ?? []).map(({ M: reason = {} }) => {
    return { kind: textAt(reason, 'kind') as ReasonKind, text: textAt(reason, 'text') };
  });
  return {
    score: numberAt(item, 'anomaly_score'),
    isAnomaly: item['is_anomaly']?.BOOL === true,
    ...(severity !== undefined && { severity }),
    reasons,
    surprise: numberAt(item, 'surprise'),
    features: Uint8Array.from(item['features']?.B ?? []),
  };
}

function amountIn(item: RawItem): Micros {
  const amount = parseAmount(textAt(item, 'amount'));
  if (amount === undefined) throw new UnreadableStateError(WHAT, 'its amount is none');
  return amount;
}

function timeIn(item: RawItem): Seconds {
  const time = parseTimestamp(textAt(item, 'timestamp'));
  if (time === undefined) throw new UnreadableStateError(WHAT, 'its timestamp is none');
  return time;
}

/** Any text can name halves of surrogate pairs, which UTF-8 cannot hold, as an id can. */
function text(value: string): { S: string } {
  return { S: textOfId(value as UserId) };
}

function number(value: number): { N: string } {
  return { N: String(value) };
}

function textAt(item: RawItem, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new UnreadableStateError(WHAT, `it has no ${name}`);
  return idOfText(value);
}

function numberAt(item: RawItem, name: string): number {
  const value = Number(item[name]?.N);
  if (Number.isNaN(value)) throw new UnreadableStateError(WHAT, `it has no ${name}`);
  return value;
}
