import type { StoredTransactionAnswer } from '../../../core/api/transactions.ts';

type Marked = StoredTransactionAnswer | undefined;
type ReasonKind = StoredTransactionAnswer['reasons'][number]['kind'];

/** Whether a transaction was found anomalous for this. */
export function isReason(marked: Marked, kind: ReasonKind): boolean {
  return marked?.reasons.some((reason) => reason.kind === kind) ?? false;
}
