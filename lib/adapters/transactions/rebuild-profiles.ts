import type { UserId } from '../../core/events/event.ts';
import { rebuildHead } from '../../core/transactions-cloud/rebuild-profile.ts';
import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import { eachAtOnce } from '../state/each-at-once.ts';
import { settleOutputs, type LedgerStores } from './ledger-outputs.ts';

export interface RebuildOptions {
  readonly stores: LedgerStores;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Hears of each user that is done. */
  readonly onUser?: (outcome: RebuildOutcome) => void;
}

/**
 * 'rebuilt'; 'nothing' where no transaction is left to learn from; 'busy' where transactions kept coming, or may not have come
 * into the index yet: to be rebuilt some minutes later.
 */
type RebuildOutcome = 'rebuilt' | 'nothing' | 'busy';

export type RebuildCounts = Readonly<Record<RebuildOutcome, number>>;

const USERS_AT_ONCE = 8;
const MOST_ATTEMPTS = 10;
const PAUSE_MS = 200;
const PAGE = 1_000;

/**
 * Learns all profiles anew from the stored transactions. Each is a commit of its own, on the condition that nobody has
 * committed since the history was read: so the stream can go on meanwhile.
 */
export async function rebuildProfiles(options: RebuildOptions): Promise<RebuildCounts> {
  const counts = { rebuilt: 0, nothing: 0, busy: 0 };
  for await (const users of options.stores.users.listUsers()) {
    await eachAtOnce(users, USERS_AT_ONCE, async (user) => {
      const outcome = await rebuildProfile(user, options);
      counts[outcome]++;
      options.onUser?.(outcome);
    });
  }
  return counts;
}

async function rebuildProfile(user: UserId, { stores, now, sleep }: RebuildOptions): Promise<RebuildOutcome> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const head = (await stores.users.readUsers([user])).get(user);
    if (head === undefined) return 'nothing';
    await settleOutputs([head], stores, now());
    const rebuilt = rebuildHead(head, await historyOf(user, stores), now());
    if (rebuilt === 'nothing') return rebuilt;
    if (rebuilt !== 'incomplete' && (await stores.users.writeUser(rebuilt))) return 'rebuilt';
    await sleep(PAUSE_MS * attempt);
  }
  return 'busy';
}

async function historyOf(user: UserId, { transactions }: LedgerStores): Promise<StoredTransaction[]> {
  const history: StoredTransaction[] = [];
  let cursor: string | undefined;
  do {
    const page = await transactions.list({ list: { of: 'user', user }, limit: PAGE, ...(cursor && { cursor }) });
    history.push(...page.transactions);
    ({ cursor } = page);
  } while (cursor !== undefined);
  return history;
}
