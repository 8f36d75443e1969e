import type { UserId } from '../events/event.ts';
import type { TransactionId } from '../transactions/transaction.ts';
import { isBeforeDeletion } from './line-positions.ts';
import type { TransactionLine } from './transaction-lines.ts';
import type { UserHead } from './user-head.ts';

type LinesByUser = ReadonlyMap<UserId, readonly TransactionLine[]>;

/** What of some lines that were given up is still to be applied. */
export interface GivenUpLines {
  readonly left: LinesByUser;
  readonly applied: number;
  /** Lines that came before their user was deleted. */
  readonly deleted: number;
  /** Lines so old that their transactions would have expired: nobody can tell. */
  readonly unknown: number;
}

export interface KnownTransactions {
  readonly heads: ReadonlyMap<UserId, UserHead>;
  /** Whose the ids are that are stored. */
  readonly owners: ReadonlyMap<TransactionId, UserId>;
  readonly isExpired: (line: TransactionLine) => boolean;
}

/** A transaction that is stored has been applied, if it is the user's; if it is another's, its line is to be rejected. */
export function sortGivenUp(byUser: LinesByUser, { heads, owners, isExpired }: KnownTransactions): GivenUpLines {
  const left = new Map<UserId, TransactionLine[]>();
  const counts = { applied: 0, deleted: 0, unknown: 0 };
  for (const line of linesIn(byUser)) {
    const { user, id } = line.transaction;
    const head = heads.get(user);
    if (head !== undefined && isBeforeDeletion(head, line)) counts.deleted++;
    else if (owners.get(id) === user) counts.applied++;
    else if (isExpired(line)) counts.unknown++;
    else left.set(user, [...(left.get(user) ?? []), line]);
  }
  return { left, ...counts };
}

export function linesIn(byUser: LinesByUser): TransactionLine[] {
  return [...byUser.values()].flat();
}

export function idsIn(byUser: LinesByUser): TransactionId[] {
  return linesIn(byUser).map(({ transaction }) => transaction.id);
}
