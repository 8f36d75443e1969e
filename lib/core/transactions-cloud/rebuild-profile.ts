import { Profile } from '../transactions/profile.ts';
import type { StoredTransaction } from './stored-transaction.ts';
import { storedIn, type UserHead } from './user-head.ts';

/** For so long at most an index may lack what has been written. */
export const INDEX_LAG_MS = 5 * 60_000;

/**
 * The head with a profile that is learnt anew from the user's stored transactions, in the order in which they were judged.
 * `stored` comes from an index: what was judged a moment ago may be missing.
 * @returns 'incomplete' where transactions are, or may be, missing that have not expired: to be read again, a while later;
 *   'nothing' where none is left to learn from: the profile stays as it is.
 */
export function rebuildHead(
  head: UserHead,
  stored: readonly StoredTransaction[],
  now: number,
): UserHead | 'incomplete' | 'nothing' {
  const { transactions } = head.totals;
  const history = historyOf(head, stored, now);
  const [oldest] = history;
  if (oldest === undefined) return transactions === 0 || hasBeenSilent(head, now) ? 'nothing' : 'incomplete';
  if (oldest.ordinal + history.length !== transactions) return 'incomplete';
  // What came before it, and was written so long ago, would be in the index, had it not expired.
  if (oldest.ordinal > 0 && writtenBy(oldest, history, head) > now - INDEX_LAG_MS) return 'incomplete';
  const profile = Profile.empty();
  for (const { transaction, judgement } of history) profile.learn(transaction, judgement);
  return { ...head, version: head.version + 1, profile: profile.save(), commit: undefined };
}

/** What has not expired, in the order of the ordinals; the last commit's is known from the head. */
function historyOf(head: UserHead, stored: readonly StoredTransaction[], now: number): StoredTransaction[] {
  const last = head.commit === undefined ? [] : storedIn(head.commit);
  const known = [...stored, ...last].filter(
    ({ expiresAt, ordinal }) => expiresAt > now && ordinal < head.totals.transactions,
  );
  const byOrdinal = new Map(known.map((one) => [one.ordinal, one]));
  return [...byOrdinal.values()].toSorted((one, other) => one.ordinal - other.ordinal);
}

/**
 * When all before this transaction was written at the latest. A commit's author may die, and what it judged be written long
 * after; but always before the next commit is judged.
 */
function writtenBy(
  { ordinal, detectedAt }: StoredTransaction,
  history: readonly StoredTransaction[],
  head: UserHead,
): number {
  if (head.commit !== undefined && ordinal >= head.commit.firstOrdinal) return detectedAt;
  return history.find((later) => later.detectedAt > detectedAt)?.detectedAt ?? Infinity;
}

/** Whether the user has been silent for so long that the index lacks nothing. */
function hasBeenSilent({ shards }: UserHead, now: number): boolean {
  return Object.values(shards).every(({ at }) => at < now - INDEX_LAG_MS);
}
