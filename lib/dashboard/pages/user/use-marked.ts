import type { StoredTransactionAnswer, UserAnswer } from '../../../core/api/transactions.ts';
import { useAnswer } from '../../data/use-answer.ts';

interface Chosen {
  readonly id: string | undefined;
  /** Its time: an old transaction is found by it. */
  readonly at: string | undefined;
}

/** The transaction that the page's address names. */
export function useMarked({ user_id, recent }: UserAnswer, { id, at }: Chosen): StoredTransactionAnswer | undefined {
  const ofThatTime = { user: user_id, from: at, to: at, limit: at === undefined ? 1 : undefined };
  const [found] = useAnswer({ route: 'transactions', query: ofThatTime });
  const isIt = ({ transaction_id }: StoredTransactionAnswer): boolean => transaction_id === id;
  return recent.find(isIt) ?? (found.state === 'ready' ? found.value.items.find(isIt) : undefined);
}
