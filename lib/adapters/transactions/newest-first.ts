import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import { momentAfter, momentBefore, momentOf } from './transaction-keys.ts';
import { InvalidCursor, type TransactionPage, type TransactionQuery } from './transaction-store.ts';

/** Between which moments a partition is read, newest first; both excluded. */
export interface Span {
  readonly after: string;
  readonly before: string;
}

/** The transactions of a partition within a span, newest first, read as they are asked for: about so many to begin with. */
export type ReadPartition = (span: Span, first: number) => AsyncIterator<StoredTransaction>;

const MOST_READ = 10_000;
const EARLIEST = '0';
const LATEST = '~';

/** A page of a list that is spread over several partitions. */
export async function pageOf(query: TransactionQuery, partitions: readonly ReadPartition[]): Promise<TransactionPage> {
  const { limit, where = () => true, mostRead = MOST_READ } = query;
  const span = spanOf(query);
  const found: StoredTransaction[] = [];
  if (span.after >= span.before) return { transactions: found, cursor: undefined };
  // Somewhat more than a partition's share, so that most pages take one request of each; and one more than fit, which tells
  // whether there is another page.
  const first = Math.min(limit + 1, Math.ceil((limit / partitions.length) * 1.5) + 1);
  const merged = newestFirst(partitions.map((read) => read(span, first)));
  let read = 0;
  for (let next = await merged.next(); next.done !== true; next = await merged.next()) {
    const stored = next.value;
    if (where(stored)) found.push(stored);
    if (found.length < limit && ++read < mostRead) continue;
    const isLast = (await merged.next()).done === true;
    return { transactions: found, cursor: isLast ? undefined : encodeCursor(momentOf(stored.transaction)) };
  }
  return { transactions: found, cursor: undefined };
}

async function* newestFirst(
  partitions: readonly AsyncIterator<StoredTransaction>[],
): AsyncGenerator<StoredTransaction> {
  const heads = await Promise.all(partitions.map((partition) => partition.next()));
  for (;;) {
    const index = indexOfNewest(heads);
    const newest = heads[index];
    if (newest === undefined || newest.done === true) return;
    yield newest.value;
    const next = await partitions[index]?.next();
    if (next !== undefined) heads[index] = next;
  }
}

/** -1 if all have ended. */
function indexOfNewest(heads: readonly IteratorResult<StoredTransaction>[]): number {
  let newest = -1;
  let moment = '';
  for (const [index, head] of heads.entries()) {
    if (head.done === true) continue;
    const own = momentOf(head.value.transaction);
    if (newest >= 0 && compareMoments(own, moment) <= 0) continue;
    newest = index;
    moment = own;
  }
  return newest;
}

/** As DynamoDB orders them: by their bytes in UTF-8. */
export function compareMoments(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function spanOf({ cursor, from, until }: TransactionQuery): Span {
  const after = from === undefined ? EARLIEST : momentBefore(from);
  const last = until === undefined ? LATEST : momentAfter(until);
  const reached = cursor === undefined ? LATEST : decodeCursor(cursor);
  return { after, before: compareMoments(last, reached) < 0 ? last : reached };
}

function encodeCursor(moment: string): string {
  return Buffer.from(moment).toString('base64url');
}

const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d#/;

function decodeCursor(cursor: string): string {
  const moment = Buffer.from(cursor, 'base64url').toString();
  if (!MOMENT.test(moment) || encodeCursor(moment) !== cursor) throw new InvalidCursor();
  return moment;
}
