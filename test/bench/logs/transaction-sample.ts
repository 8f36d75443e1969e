import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simulateTransactions } from '../../../lib/core/producer/simulate-transactions.ts';
import { formatTransaction } from '../../../lib/core/producer/transaction-line.ts';

export const TRANSACTION_SAMPLE_PATH = join(import.meta.dirname, '../../../events/transactions.json');

/** Few users, so that each has habits; enough to train a model on. */
const SAMPLE = { users: 12, seed: 2026, start: Date.parse('2026-01-05T00:00:00Z') / 1000, name: 'sample' };
const TRANSACTIONS = 1_000;

export function generateTransactions(): string {
  const lines: string[] = [];
  for (const transaction of simulateTransactions(SAMPLE)) {
    if (lines.push(`${formatTransaction(transaction)}\n`) === TRANSACTIONS) break;
  }
  return lines.join('');
}

export async function writeTransactions(): Promise<void> {
  await writeFile(TRANSACTION_SAMPLE_PATH, generateTransactions());
}
