import type { Features } from './features.ts';
import type { FreshJudgement, Reason, Severity } from './judgement.ts';
import { USUAL_CONTAMINATION, type Model } from './model.ts';
import { percent } from './signals/wording.ts';

/** Of the share that is flagged, the most unusual fifth is of medium severity, and a fifth of that of high. */
const STEP = Math.log(5);

export interface Finding {
  readonly features: Features;
  /** The model it was made with, if any. */
  readonly model?: Model | undefined;
  /** How unusual the transaction is, in nats; by itself, and with what was before it. */
  readonly own: number;
  readonly total: number;
  /** Asked for an anomaly alone: what is more unusual than `limit`, the weightiest first. */
  readonly reasons: (limit: number) => readonly Reason[];
}

/** Decides by the model's contamination. */
export function buildJudgement({ features, model, own, total, reasons }: Finding): FreshJudgement {
  const limit = -Math.log(model?.report.contamination ?? USUAL_CONTAMINATION);
  const isAnomaly = total > limit;
  const judged = { score: scoreOf(total, limit, isAnomaly), isAnomaly, surprise: own, features };
  if (!isAnomaly) return { ...judged, reasons: [] };
  const found = reasons(limit);
  return {
    ...judged,
    severity: severityOf(total - limit),
    reasons: found.length > 0 ? found : [combination(total, model)],
  };
}

/** 0.5 at the limit, towards 1 above it, with six decimals; an anomaly's is never rounded down to 0.5. */
function scoreOf(total: number, limit: number, isAnomaly: boolean): number {
  const score = Math.round((total / (total + limit)) * 1e6) / 1e6;
  return isAnomaly ? Math.max(score, 0.500001) : Math.min(score, 0.5);
}

function severityOf(beyond: number): Severity {
  if (beyond > 2 * STEP) return 'high';
  return beyond > STEP ? 'medium' : 'low';
}

/** Why a forest finds something, or many signals that are each within what is usual. */
export function combination(total: number, model: Model | undefined): Reason {
  const known =
    model === undefined ? 'transactions' : `the ${model.report.transactions} transactions the model was trained on`;
  return {
    kind: 'combination',
    text: `amount, time, place, category and payment method together are as unusual as in ${percent(Math.exp(-total))} of ${known}`,
  };
}
