import type { UserId } from '../../../lib/core/events/event.ts';
import { TRANSACTION_DETECTORS } from '../../../lib/core/transactions/detectors.ts';
import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import type { Transaction, TransactionId } from '../../../lib/core/transactions/transaction.ts';
import { commitLines, type CommitOptions, type Judge } from '../../../lib/core/transactions-cloud/commit-lines.ts';
import type { StoredTransaction } from '../../../lib/core/transactions-cloud/stored-transaction.ts';
import type { TransactionLine } from '../../../lib/core/transactions-cloud/transaction-lines.ts';
import { newUser, storedIn, type UserHead } from '../../../lib/core/transactions-cloud/user-head.ts';

export const ANN = 'ann' as UserId;
export const HOUR_MS = 60 * 60_000;
export const NOON = Date.UTC(2026, 10, 21, 12);

/** A line of the stream. */
export function transactionText(id: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    event_type: 'transaction',
    transaction_id: id,
    user_id: 'ann',
    amount: '12.50',
    timestamp: '2026-11-21 10:00:00',
    location: 'DE',
    merchant_category: 'groceries',
    payment_method: 'card',
    ...fields,
  });
}

function transactionOf(id: string, fields: Readonly<Record<string, unknown>> = {}): Transaction {
  const parsed = parseTransaction(transactionText(id, fields));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

export function lineOf(id: string, place: Partial<TransactionLine> = {}, fields = {}): TransactionLine {
  const transaction = transactionOf(id, fields);
  const text = transactionText(id, fields);
  return { transaction, text, shard: 's1', sequenceNumber: '100', line: 1, at: NOON, ...place };
}

/** By habits alone: the first transactions of a user are no anomalies. */
export const HABITS: Judge = { detector: TRANSACTION_DETECTORS.enhanced, mode: 'enhanced', model: undefined };

/** Finds every amount from 1,000 on anomalous. */
export const STRICT: Judge = {
  mode: 'basic',
  model: undefined,
  detector: {
    judge: (request) => {
      const { features, surprise } = HABITS.detector.judge(request);
      const isAnomaly = request.transaction.amount >= 1_000_000_000n;
      const reasons = isAnomaly ? [{ kind: 'amount', text: 'amount 1000.00 is much' } as const] : [];
      return { score: 0.25, isAnomaly, ...(isAnomaly && { severity: 'high' }), reasons, features, surprise };
    },
  },
};

export function optionsOf(options: Partial<CommitOptions> = {}): CommitOptions {
  return {
    judge: STRICT,
    owners: new Map(),
    claims: new Map(),
    detectedAt: NOON + 1000,
    retentionMs: 24 * HOUR_MS,
    keptMs: 90 * 24 * HOUR_MS,
    ...options,
  };
}

export function idOf(id: string): TransactionId {
  return id as TransactionId;
}

/** The head of a user that has had these lines, one commit each, a second apart. */
export function committed(...lines: readonly TransactionLine[]): UserHead {
  return headsAfter(lines).at(-1) ?? newUser(ANN);
}

/** Transactions as they are stored: one commit of each. */
export function storedOf(...lines: readonly TransactionLine[]): StoredTransaction[] {
  return headsAfter(lines).flatMap(({ commit }) => (commit === undefined ? [] : storedIn(commit)));
}

function headsAfter(lines: readonly TransactionLine[]): UserHead[] {
  let head = newUser(ANN);
  return lines.map((line, index) => {
    head = commitLines(head, [line], optionsOf({ detectedAt: NOON + 1000 * (index + 1) }));
    return head;
  });
}
