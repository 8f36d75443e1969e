import type { UserId } from '../events/event.ts';
import { TRANSACTION_DETECTORS, type TransactionMode } from './detectors.ts';
import type { Features } from './features.ts';
import type { FreshJudgement } from './judgement.ts';
import { trainModel, type Model, type TrainingOptions } from './model.ts';
import { Profile } from './profile.ts';
import type { Transaction } from './transaction.ts';

export interface HistoryOptions extends TrainingOptions {
  readonly mode: TransactionMode;
  /** How many of the first transactions the model is trained on, once they have been judged by the profiles alone. */
  readonly training: number;
}

export interface JudgedHistory {
  /** One for each transaction, in their order; those before `training` come from the profiles alone. */
  readonly judgements: readonly FreshJudgement[];
  readonly profiles: ReadonlyMap<UserId, Profile>;
  readonly model: Model;
}

/** Judges transactions in their order as the stream would: each is judged before it is learnt. */
export function judgeHistory(transactions: readonly Transaction[], options: HistoryOptions): JudgedHistory {
  const detector = TRANSACTION_DETECTORS[options.mode];
  const profiles = new Map<UserId, Profile>();
  const judge = (transaction: Transaction, model?: Model): FreshJudgement => {
    const profile = profiles.get(transaction.user) ?? Profile.empty();
    profiles.set(transaction.user, profile);
    const judgement = detector.judge({ transaction, profile, model });
    profile.learn(transaction, judgement);
    return judgement;
  };
  const before = transactions.slice(0, options.training).map((transaction) => judge(transaction));
  const features: Features[] = before.map((judgement) => judgement.features);
  const model = trainModel(features, options);
  const after = transactions.slice(options.training).map((transaction) => judge(transaction, model));
  return { judgements: [...before, ...after], profiles, model };
}
