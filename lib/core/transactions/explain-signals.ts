import type { Reason } from './judgement.ts';
import { logAmountOf } from './log-amount.ts';
import { SIGNALS } from './signals.ts';
import type { JudgeRequest } from './transaction-detector.ts';
import { valueAt } from './value-at.ts';

/** A sentence for each kind that is more unusual than the limit, by its strongest signal, the most unusual first. */
export function explainSignals(request: JudgeRequest, nats: Float64Array, limit: number): Reason[] {
  const { transaction, profile } = request;
  const observation = { transaction, profile, logAmount: logAmountOf(transaction) };
  const found = SIGNALS.map((signal, index) => ({ signal, surprise: valueAt(nats, index) }))
    .filter(({ surprise }) => surprise > limit)
    .toSorted((a, b) => b.surprise - a.surprise);
  const strongest = found.filter(
    ({ signal }, index) => found.findIndex((other) => other.signal.kind === signal.kind) === index,
  );
  return strongest.map(({ signal }) => ({ kind: signal.kind, text: signal.explain(observation) }));
}
