import { transactionFields } from '../transactions/transaction-fields.ts';
import type { Transaction } from '../transactions/transaction.ts';

/** A transaction as an event of the stream, without a newline; its label is a field that no detector reads. */
export function formatTransaction(transaction: Transaction): string {
  return JSON.stringify({ event_type: 'transaction', ...transactionFields(transaction), label: transaction.label });
}
