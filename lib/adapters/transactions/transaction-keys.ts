import { textOfId } from '../../core/cloud/id-text.ts';
import type { Seconds, UserId } from '../../core/events/event.ts';
import { formatTimestamp } from '../../core/events/timestamp.ts';
import { hashOf } from '../../core/text/hash-of.ts';
import type { Transaction } from '../../core/transactions/transaction.ts';
import type { TransactionList } from './transaction-store.ts';

/**
 * A partition of an index takes 1,000 writes a second, and the newest all go to its end, where DynamoDB does not split it: so
 * a list of all users' transactions is spread over so many partitions. Stored state depends on it.
 */
const PARTITIONS = 8;

const SEVERITIES = ['high', 'medium', 'low'] as const;

type IndexName = 'newest' | 'by-user' | 'by-category' | 'anomalies';

/** A partition of an index. */
export interface IndexPartition {
  readonly index: IndexName;
  /** The attribute that is its key. */
  readonly attribute: string;
  readonly value: string;
}

/** The partitions that a list is spread over. */
export function partitionsOf(list: TransactionList): IndexPartition[] {
  if (list.of === 'user') return [{ index: 'by-user', attribute: 'user_id', value: textOfId(list.user) }];
  if (list.of === 'anomalies') {
    const severities = list.severity === undefined ? SEVERITIES : [list.severity];
    return severities.map((value) => ({ index: 'anomalies', attribute: 'severity', value }));
  }
  if (list.of === 'all')
    return numbers().map((number) => ({ index: 'newest', attribute: 'recent', value: `${number}` }));
  const { category } = list;
  return numbers().map((number) => {
    return { index: 'by-category', attribute: 'category', value: categoryOf(category, number) };
  });
}

function numbers(): number[] {
  return Array.from({ length: PARTITIONS }, (_, number) => number);
}

export function recentPartition(id: string): string {
  return String(partitionOf(id));
}

export function categoryPartition(category: string, id: string): string {
  return categoryOf(category, partitionOf(id));
}

function categoryOf(category: string, partition: number): string {
  return `${textOfId(category as UserId)}#${partition}`;
}

function partitionOf(id: string): number {
  return hashOf(id) % PARTITIONS;
}

/** A sort key holds up to 1,024 bytes: an id of up to 1,024 may be cut, and its hash put for the rest. */
const LONGEST_ID = 240;

/** What all indexes are sorted by: the time, then the id. */
export function momentOf({ time, id }: Pick<Transaction, 'time' | 'id'>): string {
  const text = textOfId(id as string as UserId);
  // A character takes up to four bytes; cut by characters, so that none is cut apart.
  const short =
    text.length <= LONGEST_ID
      ? text
      : `${Array.from(text)
          .slice(0, LONGEST_ID - 8)
          .join('')}${hashOf(id)}`;
  return `${formatTimestamp(time)}#${short}`;
}

/** Before all moments of a second. */
export function momentBefore(time: Seconds): string {
  return formatTimestamp(time);
}

/** After all moments of a second: `$` comes after `#`. */
export function momentAfter(time: Seconds): string {
  return `${formatTimestamp(time)}$`;
}
