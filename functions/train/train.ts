import type { ModelDescription, ModelStore } from '../../lib/adapters/transactions/model-store.ts';
import type { TransactionStore } from '../../lib/adapters/transactions/transaction-store.ts';
import { UnreadableStateError } from '../../lib/core/cloud/unreadable-state-error.ts';
import { restoreFeatures, type Features } from '../../lib/core/transactions/features.ts';
import { LEAST_TRAINING, trainModel } from '../../lib/core/transactions/model.ts';

export interface TrainOptions {
  readonly transactions: Pick<TransactionStore, 'list'>;
  readonly models: Pick<ModelStore, 'publish'>;
  readonly now: () => number;
  readonly newToken: () => string;
}

export type Trained =
  | ({ readonly outcome: 'trained' } & ModelDescription)
  | { readonly outcome: 'too few'; readonly transactions: number; readonly needed: number };

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
  const features = latest.toReversed().flatMap(({ judgement }) => featuresIn(judgement.features));
  if (features.length < LEAST_TRAINING) {
    return { outcome: 'too few', transactions: features.length, needed: LEAST_TRAINING };
  }
  const model = trainModel(features);
  return { outcome: 'trained', ...(await models.publish(model, { now: now(), token: newToken() })) };
}

/** None where they were measured by another version. */
function featuresIn(saved: Uint8Array): Features[] {
  try {
    return [restoreFeatures(saved)];
  } catch (error) {
    if (error instanceof UnreadableStateError) return [];
    throw error;
  }
}
