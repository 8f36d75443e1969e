import { buildJudgement } from './build-judgement.ts';
import type { Evidence } from './enhanced-model.ts';
import { explainSignals } from './explain-signals.ts';
import { featuresOf } from './features.ts';
import { judgeByProfile } from './judge-by-profile.ts';
import type { Reason } from './judgement.ts';
import { times } from './signals/wording.ts';
import type { JudgeRequest, TransactionDetector } from './transaction-detector.ts';

/** A lift of less than this, a factor of e, is no reason by itself. */
const WORTH_TELLING = 1;

/** The user's habits, a forest on what is unusual about them, and what the user's latest transactions were like. */
export const enhancedDetector: TransactionDetector = {
  judge(request) {
    const { transaction, profile, model } = request;
    if (model === undefined) return judgeByProfile(request);
    const features = featuresOf(transaction, profile);
    const evidence = model.weighEnhanced(features, profile.suspicion.at(transaction.time));
    const { own, total } = evidence;
    return buildJudgement({ features, model, own, total, reasons: (limit) => explain(request, evidence, limit) });
  },
};

function explain(request: JudgeRequest, { signals, recent }: Evidence, limit: number): Reason[] {
  const found = explainSignals(request, signals, limit);
  if (recent < WORTH_TELLING) return found;
  const lift = times(Math.exp(recent));
  const text = `it follows unusual transactions of this user, after which others are ${lift} times as frequent`;
  return [...found, { kind: 'recent', text }];
}
