import type { FlaggedPurchaseAnswer } from '../../../core/api/flagged-purchases.ts';
import type { StoredTransactionAnswer } from '../../../core/api/transactions.ts';

export type Entry =
  | { readonly kind: 'purchase'; readonly id: string; readonly item: FlaggedPurchaseAnswer }
  | { readonly kind: 'transaction'; readonly id: string; readonly item: StoredTransactionAnswer };

export interface Feed {
  /** Newest first. */
  readonly entries: readonly Entry[];
  /** Those that came while the page was open. */
  readonly arrived: ReadonlySet<string>;
  /** What was in the feed before is not new when the API is asked again. */
  readonly seen: ReadonlySet<string>;
}

const MOST_SEEN = 2000;

/** The feed as the page opens. */
export function feedOf(entries: readonly Entry[], most: number): Feed {
  return { entries: entries.slice(0, most), arrived: new Set(), seen: new Set(entries.map(({ id }) => id)) };
}

export function ofPurchase(item: FlaggedPurchaseAnswer): Entry {
  return { kind: 'purchase', id: `purchase ${item.flag_id}`, item };
}

export function ofTransaction(item: StoredTransactionAnswer): Entry {
  return { kind: 'transaction', id: `transaction ${item.transaction_id}`, item };
}

/** Of both lists by turns: their times are the events' own and cannot be compared. */
export function inTurns(some: readonly Entry[], others: readonly Entry[]): Entry[] {
  const turns = Math.max(some.length, others.length);
  return Array.from({ length: turns }, (_, turn) => [some[turn], others[turn]])
    .flat()
    .filter((entry) => entry !== undefined);
}

/** The feed with new entries, which are listed newest first, in front; those that were in it are left out. */
export function withNew(before: Feed, entries: readonly Entry[], most: number): Feed {
  const added = entries.filter(({ id }) => !before.seen.has(id));
  if (added.length === 0) return before;
  const shown = [...added, ...before.entries].slice(0, most);
  const ids = added.map(({ id }) => id);
  return {
    entries: shown,
    arrived: new Set(shown.map(({ id }) => id).filter((id) => ids.includes(id) || before.arrived.has(id))),
    seen: new Set([...before.seen, ...ids].slice(-MOST_SEEN)),
  };
}
