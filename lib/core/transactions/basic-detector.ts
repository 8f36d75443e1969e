import { buildJudgement, combination } from './build-judgement.ts';
import { judgeByProfile } from './judge-by-profile.ts';
import { featuresOf } from './features.ts';
import type { TransactionDetector } from './transaction-detector.ts';

/** An isolation forest on what a transaction is by itself (Liu, Ting & Zhou 2008). */
export const basicDetector: TransactionDetector = {
  judge(request) {
    const { transaction, profile, model } = request;
    if (model === undefined) return judgeByProfile(request);
    const features = featuresOf(transaction, profile);
    const total = model.weighBasic(features);
    return buildJudgement({ features, model, own: total, total, reasons: () => [combination(total, model)] });
  },
};
