import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import { readFailedBatch } from '../../lib/adapters/redrive/read-failed-batch.ts';
import type { CurrentModel } from '../../lib/adapters/transactions/current-model.ts';
import { putObjects } from '../../lib/adapters/transactions/ledger-outputs.ts';
import type { TransactionCounter } from '../../lib/adapters/transactions/transaction-counter.ts';
import type { TransactionLedger } from '../../lib/adapters/transactions/transaction-ledger.ts';
import { NOTHING_REDRIVEN, type RedriveAnswer, type RedriveRequest } from '../../lib/core/operations/redrive.ts';
import { TRANSACTION_DETECTORS, type TransactionMode } from '../../lib/core/transactions/detectors.ts';
import { malformedObject } from '../../lib/core/transactions-cloud/output-objects.ts';
import { readTransactions } from '../../lib/core/transactions-cloud/transaction-lines.ts';
import { readArrived } from './transactions.ts';

export interface RedriveTransactionsOptions {
  readonly journal: Pick<ObjectStore, 'get'>;
  readonly ledger: Pick<TransactionLedger, 'redrive'>;
  readonly counter: Pick<TransactionCounter, 'countRedriven'>;
  readonly models: Pick<CurrentModel, 'get'>;
  readonly output: ObjectStore;
  readonly mode: TransactionMode;
  readonly onFailed: (error: unknown) => void;
}

/** Puts a batch back that was given up: what of it is not stored, by the ids. Again, or twice at once, is the same as once. */
export async function redriveTransactions(
  { redrive: { key, isDryRun } }: RedriveRequest,
  { journal, ledger, counter, models, output, mode, onFailed }: RedriveTransactionsOptions,
): Promise<RedriveAnswer> {
  const batch = await readFailedBatch(journal, key);
  if (batch === undefined) return { outcome: 'gone' };
  if (!batch.ok) return { outcome: 'refused', reason: batch.reason };
  const { byUser, malformed } = readTransactions(batch.value.records.map(readArrived));
  const rejected = malformed.reduce((count, { lines }) => count + lines.length, 0);
  // Their names come from the records, so what is there already is put again.
  if (!isDryRun) await putObjects(malformed.map(malformedObject), output);
  const model = await models.get();
  const judge = { detector: TRANSACTION_DETECTORS[mode], mode, model };
  const { failed, outcomes, arrivedAt, ...counts } = await ledger.redrive(byUser, { judge, isDryRun });
  if (outcomes.length > 0) await counter.countRedriven(outcomes, arrivedAt);
  for (const error of new Set(failed)) onFailed(error);
  const [failure] = failed;
  const part = {
    name: 'transactions',
    ...NOTHING_REDRIVEN,
    ...counts,
    ...(isDryRun ? {} : { applied: counts.applied + rejected }),
  };
  const reason = failure instanceof Error ? failure.message : String(failure);
  return { outcome: 'read', parts: [failed.length === 0 ? part : { ...part, failure: reason }] };
}
