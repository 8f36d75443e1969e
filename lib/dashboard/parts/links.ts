import type { StoredTransactionAnswer } from '../../core/api/transactions.ts';

type Marked = Pick<StoredTransactionAnswer, 'user_id' | 'transaction_id' | 'timestamp'>;

/** A user's habits, with a transaction marked against them. */
export function linkToTransaction({ user_id, transaction_id, timestamp }: Marked): string {
  const query = new URLSearchParams({ transaction: transaction_id, at: timestamp });
  return `/users/${encodeURIComponent(user_id)}?${query.toString()}`;
}

export function linkToUser(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

export function linkToClient(id: string): string {
  return `/client/${encodeURIComponent(id)}`;
}

/** A flagged purchase with its why. */
export function linkToPurchase(flagId: string): string {
  return `/purchases?${new URLSearchParams({ open: flagId }).toString()}`;
}
