import { splitRecord } from '../cloud/split-record.ts';
import type { UserId } from '../events/event.ts';
import { detectorFor } from '../events/event-types.ts';
import { readTransaction } from '../transactions/parse-transaction.ts';
import type { Transaction } from '../transactions/transaction.ts';
import type { RejectedLine } from './user-head.ts';

/** A record as it comes off the stream. */
export interface StreamRecord {
  readonly shard: string;
  readonly sequenceNumber: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  readonly data: Uint8Array;
}

/** A line of the stream that is a transaction. */
export interface TransactionLine {
  readonly transaction: Transaction;
  readonly text: string;
  readonly shard: string;
  readonly sequenceNumber: string;
  /** The number of the line in its record, counted from 1. */
  readonly line: number;
  readonly at: number;
  /** When the log was dropped that it comes from. */
  readonly dropped?: number;
}

/** The lines of a record that mean to be transactions and are none. */
export interface MalformedLines {
  readonly record: Pick<StreamRecord, 'shard' | 'sequenceNumber' | 'at'>;
  readonly lines: readonly RejectedLine[];
}

export interface ReadTransactions {
  /** Each user's, in order. */
  readonly byUser: ReadonlyMap<UserId, readonly TransactionLine[]>;
  readonly malformed: readonly MalformedLines[];
}

/** Reads the transactions of some records. Never throws, whatever the bytes. */
export function readTransactions(records: readonly StreamRecord[]): ReadTransactions {
  const byUser = new Map<UserId, TransactionLine[]>();
  const malformed: MalformedLines[] = [];
  for (const { data, ...record } of records) {
    const rejected: RejectedLine[] = [];
    const { shard, sequenceNumber } = record;
    const { envelope, lines: split } = splitRecord(data);
    const dropped = envelope?.dropped === undefined ? {} : { dropped: envelope.dropped };
    for (const { fields, text, lineNumber: line } of split) {
      if (!fields.ok || detectorFor(fields.value) !== 'transaction') continue;
      const parsed = readTransaction(fields.value);
      if (!parsed.ok) {
        rejected.push({ reason: parsed.reason, text, shard, sequenceNumber, line });
        continue;
      }
      const transaction = parsed.value;
      const lines = byUser.get(transaction.user);
      const read = { transaction, text, line, ...record, ...dropped };
      if (lines === undefined) byUser.set(transaction.user, [read]);
      else lines.push(read);
    }
    if (rejected.length > 0) malformed.push({ record, lines: rejected });
  }
  return { byUser, malformed };
}
