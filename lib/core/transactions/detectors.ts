import { featuresOf } from './features.ts';
import type { Judgement } from './judgement.ts';
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

/** Judges transactions, and changes nothing by it. */
export interface TransactionDetector {
  judge(request: JudgeRequest): Judgement;
}

const standIn: TransactionDetector = {
  judge({ transaction, profile, model }) {
    const features = featuresOf(transaction, profile);
    const amount = features.values[0] ?? 0;
    const isAnomaly = amount > (model?.threshold ?? Infinity);
    const score = Number((1 / (1 + Math.exp(-amount))).toFixed(6));
    if (!isAnomaly) return { score, isAnomaly, reasons: [], features };
    return { score, isAnomaly, severity: 'low', reasons: [{ kind: 'amount', text: `amount is high` }], features };
  },
};

/** The modes that transactions can be judged in. */
export const TRANSACTION_DETECTORS = {
  basic: standIn,
  enhanced: standIn,
} as const satisfies Record<string, TransactionDetector>;

export type TransactionMode = keyof typeof TRANSACTION_DETECTORS;
