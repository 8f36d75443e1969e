import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import type { Transaction } from '../../../lib/core/transactions/transaction.ts';
import type { Shard, ShardRecord } from '../services/simulated-kinesis.ts';

/** A line of the stream that says that it is a transaction. */
export interface SentTransaction {
  readonly text: string;
  readonly record: ShardRecord;
  readonly shard: string;
  /** The place of the record in its shard. */
  readonly place: number;
  /** Counted from 1. */
  readonly line: number;
  /** Undefined for a malformed one. */
  readonly transaction: Transaction | undefined;
}

export function transactionsIn(shard: Shard): SentTransaction[] {
  return shard.records.flatMap((record, place) =>
    Buffer.from(record.data)
      .toString()
      .split('\n')
      .flatMap((text, index) => {
        if (!isTransaction(text)) return [];
        const parsed = parseTransaction(text);
        return {
          text,
          record,
          shard: shard.id,
          place,
          line: index + 1,
          transaction: parsed.ok ? parsed.value : undefined,
        };
      }),
  );
}

function isTransaction(text: string): boolean {
  try {
    return (JSON.parse(text) as { event_type?: unknown } | null)?.event_type === 'transaction';
  } catch {
    return false;
  }
}
