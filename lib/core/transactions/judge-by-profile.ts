import { buildJudgement } from './build-judgement.ts';
import { explainSignals } from './explain-signals.ts';
import { featuresOf } from './features.ts';
import type { FreshJudgement } from './judgement.ts';
import { weighByProfile } from './profile-evidence.ts';
import type { JudgeRequest } from './transaction-detector.ts';

/** Judges a transaction by its user's history alone: before there is a model. */
export function judgeByProfile(request: JudgeRequest): FreshJudgement {
  const features = featuresOf(request.transaction, request.profile);
  const { signals, total } = weighByProfile(features);
  const reasons = (limit: number) => explainSignals(request, signals, limit);
  return buildJudgement({ features, own: total, total, reasons });
}
