import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { simulateTransactions } from '../../../lib/core/producer/simulate-transactions.ts';
import { readTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import type { Transaction } from '../../../lib/core/transactions/transaction.ts';

export const LABELLED_FILE = path.resolve(import.meta.dirname, '../../../../shared/transactions/transactions.csv.gz');

/** The labelled card transactions beside the repository, in the order of time; undefined where they are not. */
export function labelledTransactions(file = LABELLED_FILE): Transaction[] | undefined {
  if (!existsSync(file)) return undefined;
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  return rows.map((row) => {
    const parsed = readTransaction((name) => row[name === 'label' ? 'is_fraud' : name]);
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.value;
  });
}

const SIMULATED_USERS = 200;
const SIMULATED_TRANSACTIONS = 50_000;

/** What the project's own producer makes. */
export function simulatedTransactions(seed = 1): Transaction[] {
  const source = simulateTransactions({ users: SIMULATED_USERS, seed, start: Date.UTC(2026, 0, 1) / 1000 });
  return Array.from({ length: SIMULATED_TRANSACTIONS }, () => source.next().value);
}
