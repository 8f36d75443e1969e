import type { Reason } from './judgement.ts';
import { logAmountOf } from './log-amount.ts';
import { SIGNALS } from './signals.ts';
import type { JudgeRequest } from './transaction-detector.ts';

/** A sentence for each kind that is more unusual than the limit, by its strongest signal, the most unusual first. */
export function explainSignals(request: JudgeRequest, nats: Float64Array, limit: number): Reason[] {
  const { transaction, profile } = request;
  const observation = { transaction, profile, logAmount: logAmountOf(transaction) };
  const found = SIGNALS.map((signal, index) => ({ signal, surprise: nats[index] ?? 0 }))
    .filter(({ surprise }) => surprise > limit)
    .toSorted((a, b) => b.surprise - a.surprise);
  const kinds = new Set(found.map(({ signal }) => signal.kind));
  return [...kinds].flatMap((kind) => {
    const strongest = found.find(({ signal }) => signal.kind === kind);
    return strongest === undefined ? [] : [{ kind, text: strongest.signal.explain(observation) }];
  });
}
