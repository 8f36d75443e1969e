import type { FreshJudgement } from './judgement.ts';
import type { Model } from './model.ts';
import type { Profile } from './profile.ts';
import type { Transaction } from './transaction.ts';

export interface JudgeRequest {
  readonly transaction: Transaction;
  /** The user's habits before this transaction. */
  readonly profile: Profile;
  /** Without one, before the first training, the profile decides alone. */
  readonly model?: Model | undefined;
}

/** Judges transactions, and changes nothing by it: what is learnt is another matter, see {@link Profile.learn}. */
export interface TransactionDetector {
  judge(request: JudgeRequest): FreshJudgement;
}
