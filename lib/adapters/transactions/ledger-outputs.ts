import { outputsOf, type OutputObject } from '../../core/transactions-cloud/output-objects.ts';
import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import { storedIn, type UserHead } from '../../core/transactions-cloud/user-head.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { eachAtOnce } from '../state/each-at-once.ts';
import type { TransactionStore } from './transaction-store.ts';
import type { UserStore } from './user-store.ts';

export interface LedgerStores {
  readonly users: UserStore;
  readonly transactions: TransactionStore;
  readonly output: ObjectStore;
}

const JSON_LINES = 'application/x-ndjson';
const PUTS_AT_ONCE = 32;

/**
 * Writes what the last commits of some users have to tell the world; again is the same. The transactions come last: so where
 * all of a commit's are stored, nothing of it is missing.
 */
export async function writeOutputs(heads: readonly UserHead[], stores: LedgerStores): Promise<void> {
  await putObjects(heads.flatMap(outputsOf), stores.output);
  await stores.transactions.write(heads.flatMap(transactionsOf));
}

/** Puts objects whose keys come from what they hold. */
export async function putObjects(objects: readonly OutputObject[], output: ObjectStore): Promise<void> {
  await eachAtOnce(objects, PUTS_AT_ONCE, ({ key, text }) => output.put(key, text, JSON_LINES));
}

/**
 * Makes sure that what the last commits of some users have to tell is written: the authors may have died. Whoever commits
 * the next version does this first, so that of all versions before the last everything is written.
 */
export async function settleOutputs(heads: readonly UserHead[], stores: LedgerStores, now: number): Promise<void> {
  const open = heads.filter(({ commit }) => commit !== undefined && commit.expiresAt > now);
  if (open.length === 0) return;
  const ids = open.flatMap(({ commit }) => commit?.judged.map(({ transaction }) => transaction.id) ?? []);
  const owners = await stores.transactions.readOwners(ids);
  const untold = open.filter(({ user, commit }) => {
    const isStored = commit?.judged.every(({ transaction }) => owners.get(transaction.id) === user);
    return isStored !== true || commit?.judged.length === 0;
  });
  await putObjects(untold.flatMap(outputsOf), stores.output);
  await stores.transactions.write(
    untold.flatMap(transactionsOf).filter(({ transaction }) => !owners.has(transaction.id)),
  );
}

function transactionsOf({ commit }: UserHead): StoredTransaction[] {
  return commit === undefined ? [] : storedIn(commit);
}
