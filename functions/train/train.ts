import type { ModelDescription, ModelStore } from '../../lib/adapters/transactions/model-store.ts';
import type { TransactionStore } from '../../lib/adapters/transactions/transaction-store.ts';
import { UnreadableStateError } from '../../lib/core/cloud/unreadable-state-error.ts';
import type { StoredTransaction } from '../../lib/core/transactions-cloud/stored-transaction.ts';
import { evaluateTraining, type TrainingRow } from '../../lib/core/transactions/evaluate-training.ts';
import { restoreFeatures } from '../../lib/core/transactions/features.ts';
import { LEAST_TRAINING, trainModel } from '../../lib/core/transactions/model.ts';

export interface TrainOptions {
  readonly transactions: Pick<TransactionStore, 'list'>;
  readonly models: Pick<ModelStore, 'publish'>;
  readonly now: () => number;
  readonly newToken: () => string;
}

export type Trained =
  | ({
      readonly outcome: 'trained';
      /** Of the latest transactions, those that another version measured, and that this one cannot train on. */
      readonly leftOut: number;
    } & ModelDescription)
  | {
      readonly outcome: 'too few';
      readonly transactions: number;
      readonly needed: number;
      readonly leftOut: number;
    };

/** The latest so many transactions are trained on. */
const MOST_TRANSACTIONS = 20_000;

/** Trains a model on the latest transactions, and makes it the one that transactions are judged by. */
export async function train({ transactions, models, now, newToken }: TrainOptions): Promise<Trained> {
  const { transactions: latest } = await transactions.list({
    list: { of: 'all' },
    limit: MOST_TRANSACTIONS,
    mostRead: MOST_TRANSACTIONS,
  });
  // From the oldest on, as they came.
  const rows = latest.toReversed().flatMap(rowOf);
  const leftOut = latest.length - rows.length;
  if (rows.length < LEAST_TRAINING) {
    return { outcome: 'too few', transactions: rows.length, needed: LEAST_TRAINING, leftOut };
  }
  const evaluation = evaluateTraining(rows);
  const model = trainModel(rows.map(({ features }) => features));
  const description = await models.publish(model, { now: now(), token: newToken(), evaluation });
  return { outcome: 'trained', leftOut, ...description };
}

/** None where the features were measured by another version. */
function rowOf({ transaction, judgement }: StoredTransaction): TrainingRow[] {
  try {
    return [{ features: restoreFeatures(judgement.features), label: transaction.label }];
  } catch (error) {
    if (error instanceof UnreadableStateError) return [];
    throw error;
  }
}
