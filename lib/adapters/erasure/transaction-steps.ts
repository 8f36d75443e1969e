import { isLastPass, type Erasure } from '../../core/erasure/erasure.ts';
import { linesWithoutUser } from '../../core/erasure/without-user.ts';
import type { UserId } from '../../core/events/event.ts';
import {
  ANOMALIES_PREFIX,
  isFromBefore,
  isOutputOf,
  REJECTED_TRANSACTIONS_PREFIX,
} from '../../core/transactions-cloud/output-objects.ts';
import { deletedUser, isDeleted, newUser, type UserHead } from '../../core/transactions-cloud/user-head.ts';
import { settleOutputs } from '../transactions/ledger-outputs.ts';
import { editObjects } from './edit-objects.ts';
import { wholeStep, type ErasureOptions, type ErasureStep, type ErasureWork } from './erasure-step.ts';

const PAUSE_MS = 20;
const MOST_CONFLICTS = 100;
const PAGE = 1000;

export interface RemovedUser extends Pick<ErasureWork, 'erasure' | 'removed'> {
  readonly user: UserId;
}

/** Deletes a user's habits, and gives all else that it takes to remove their transactions. */
export async function transactionSteps(named: RemovedUser, options: ErasureOptions): Promise<ErasureStep[]> {
  const { user, erasure } = named;
  const { ledger, output } = options;
  const at = erasure.passes === 0 ? await deleteProfile(named, options) : await deletedAt(user, erasure, options);
  return [
    { name: 'transactions', run: (work) => removeTransactions(user, at, { work, options }) },
    editObjects({
      name: 'anomalies',
      kind: 'anomalies',
      bucket: output,
      prefix: ANOMALIES_PREFIX,
      choose: ({ key }) => (isOutputOf(key, user) && isFromBefore(key, at) ? 'remove' : 'keep'),
    }),
    editObjects({
      name: 'rejected transactions',
      kind: 'objects of rejected lines',
      bucket: output,
      prefix: REJECTED_TRANSACTIONS_PREFIX,
      choose: ({ key }) => (isFromBefore(key, at) ? 'edit' : 'keep'),
      edit: (text) => linesWithoutUser(text, user),
    }),
    wholeStep('habits', async () => {
      if (!isLastPass(erasure)) return;
      const head = await readHead(user, options);
      if (head !== undefined && isDeleted(head)) await ledger.users.deleteUser(user, head.version);
    }),
  ];
}

/** Replaces the user's head by an empty one that holds off what came before. Gives from when on they are new. */
async function deleteProfile(named: RemovedUser, options: ErasureOptions): Promise<number> {
  const { user, erasure } = named;
  const { ledger, now, sleep } = options;
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    const head = (await readHead(user, options)) ?? newUser(user);
    if (head.deletedAt !== undefined && head.deletedAt >= erasure.askedAt) {
      await sleep(Math.max(0, head.deletedAt - now()));
      return head.deletedAt;
    }
    await settleOutputs([head], ledger, now());
    if (await ledger.users.writeUser(deletedUser(head, now()))) await removeLatest(head, named, ledger);
    else await sleep(PAUSE_MS * conflicts);
  }
  throw new Error(`others committed a user first ${MOST_CONFLICTS} times in a row`);
}

/** What the last commit has stored: the index may not list it yet. Others may have claimed some of the ids first. */
async function removeLatest(
  { user, commit }: UserHead,
  { removed }: RemovedUser,
  { transactions }: ErasureOptions['ledger'],
): Promise<void> {
  const owners = await transactions.readOwners(commit?.judged.map(({ transaction }) => transaction.id) ?? []);
  const own = Array.from(owners).flatMap(([id, owner]) => (owner === user ? id : []));
  await transactions.remove(own);
  removed('transactions', own.length);
}

async function deletedAt(user: UserId, { askedAt }: Erasure, options: ErasureOptions): Promise<number> {
  return (await readHead(user, options))?.deletedAt ?? askedAt;
}

async function readHead(user: UserId, { ledger }: ErasureOptions): Promise<UserHead | undefined> {
  return (await ledger.users.readUsers([user])).get(user);
}

interface StepContext {
  readonly work: ErasureWork;
  readonly options: ErasureOptions;
}

async function removeTransactions(
  user: UserId,
  at: number,
  { work, options }: StepContext,
): Promise<string | undefined> {
  const { transactions } = options.ledger;
  let cursor = work.after;
  do {
    const list = { of: 'user', user } as const;
    const page = await transactions.list({ list, limit: PAGE, ...(cursor && { cursor }) });
    const old = page.transactions.filter(({ arrivedAt }) => arrivedAt < at);
    await transactions.remove(old.map(({ transaction }) => transaction.id));
    work.removed('transactions', old.length);
    ({ cursor } = page);
  } while (cursor !== undefined && !work.isOutOfTime());
  return cursor;
}
