import { answerProfile } from '../../lib/core/api/answer-profile.ts';
import { answerTransaction } from '../../lib/core/api/answer-transaction.ts';
import { DEFAULT_LIMIT } from '../../lib/core/api/parameters.ts';
import { MOST_READ, type Answer, type Query } from '../../lib/core/api/routes.ts';
import type { ORDERS } from '../../lib/core/api/transactions.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import { parseTimestamp } from '../../lib/core/events/timestamp.ts';
import { Profile } from '../../lib/core/transactions/profile.ts';
import type { StoredTransaction } from '../../lib/core/transactions-cloud/stored-transaction.ts';
import {
  InvalidCursor,
  type TransactionList,
  type TransactionPage,
  type TransactionQuery,
  type TransactionStore,
} from '../../lib/adapters/transactions/transaction-store.ts';
import type { UserStore } from '../../lib/adapters/transactions/user-store.ts';
import type { AnswerersOf } from './answerers.ts';
import { wrongCursor } from './cursor.ts';
import { NotThere } from './refusals.ts';

export interface TransactionStores {
  readonly transactions: TransactionStore;
  readonly users: UserStore;
}

/** Of a user's latest transactions. */
const RECENT = 50;
const MICROS = 1e6;

export function transactionAnswerers({
  transactions,
  users,
}: TransactionStores): AnswerersOf<'transactions' | 'anomalies' | 'user'> {
  return {
    transactions: async ({ query }) => {
      const { user, category } = query;
      if (user !== undefined) return listed(transactions, { of: 'user', user: user as UserId }, query);
      return listed(transactions, category === undefined ? { of: 'all' } : { of: 'category', category }, query);
    },
    anomalies: async ({ query }) => {
      const { user, severity } = query;
      if (user === undefined) return listed(transactions, { of: 'anomalies', ...(severity && { severity }) }, query);
      return listed(transactions, { of: 'user', user: user as UserId }, { ...query, anomalous: true });
    },
    user: async ({ path: { id } }) => {
      const user = id as UserId;
      const head = (await users.readUsers([user])).get(user);
      if (head === undefined) throw new NotThere('no transaction of this user has been judged');
      const page = await transactions.list({ list: { of: 'user', user }, limit: RECENT });
      const profile = head.profile === undefined ? Profile.empty() : Profile.restore(head.profile);
      return {
        user_id: id,
        transactions: head.totals.transactions,
        anomalies: head.totals.anomalies,
        profile: answerProfile(profile),
        recent: page.transactions.map(answerTransaction),
      };
    },
  };
}

interface ListQuery extends Query<'transactions'>, Pick<Query<'anomalies'>, 'severity'> {
  /** Anomalies alone. */
  readonly anomalous?: boolean;
}

/** A page of a list, refined by the filters that it does not come from. */
async function listed(
  store: TransactionStore,
  list: TransactionList,
  query: ListQuery,
): Promise<Answer<'transactions'>> {
  const { limit = DEFAULT_LIMIT, cursor, sort = '-timestamp', from, to, ...filters } = query;
  const page = await readPage(store, {
    list,
    limit,
    mostRead: MOST_READ.transactions,
    where: (stored) => passes(stored, filters),
    ...(cursor !== undefined && { cursor }),
    ...(from !== undefined && { from: parseTimestamp(from) ?? 0 }),
    ...(to !== undefined && { until: parseTimestamp(to) ?? 0 }),
  });
  const items = page.transactions.toSorted(ORDERINGS[sort]).map(answerTransaction);
  return page.cursor === undefined ? { items } : { items, cursor: page.cursor };
}

async function readPage(store: TransactionStore, query: TransactionQuery): Promise<TransactionPage> {
  try {
    return await store.list(query);
  } catch (error) {
    if (error instanceof InvalidCursor) throw wrongCursor(query.cursor ?? '');
    throw error;
  }
}

function passes({ transaction, judgement }: StoredTransaction, filters: ListQuery): boolean {
  const { user, category, location, method, severity, min_amount: least, max_amount: most, anomalous } = filters;
  const amount = Number(transaction.amount) / MICROS;
  return (
    isOrOpen(user, transaction.user) &&
    isOrOpen(category, transaction.merchantCategory) &&
    isOrOpen(location, transaction.location) &&
    isOrOpen(method, transaction.paymentMethod) &&
    isOrOpen(severity, judgement.severity) &&
    (anomalous !== true || judgement.isAnomaly) &&
    (least === undefined || amount >= least) &&
    (most === undefined || amount <= most)
  );
}

function isOrOpen(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted === found;
}

type Ordering = (one: StoredTransaction, other: StoredTransaction) => number;

const byAmount: Ordering = ({ transaction: one }, { transaction: other }) => Number(one.amount - other.amount);
const byScore: Ordering = ({ judgement: one }, { judgement: other }) => one.score - other.score;

/** Pages come newest first; sorting keeps that order among equals. */
const ORDERINGS = {
  '-timestamp': () => 0,
  amount: byAmount,
  '-amount': (one, other) => byAmount(other, one),
  score: byScore,
  '-score': (one, other) => byScore(other, one),
} as const satisfies Readonly<Record<(typeof ORDERS)[number], Ordering>>;
