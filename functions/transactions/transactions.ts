import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import type { CurrentModel } from '../../lib/adapters/transactions/current-model.ts';
import type { Applied } from '../../lib/adapters/transactions/ledger-batch.ts';
import { putObjects } from '../../lib/adapters/transactions/ledger-outputs.ts';
import type { TransactionCounter } from '../../lib/adapters/transactions/transaction-counter.ts';
import type { TransactionLedger } from '../../lib/adapters/transactions/transaction-ledger.ts';
import type { KeptRecord } from '../../lib/core/operations/read-failure.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import { TRANSACTION_DETECTORS, type TransactionMode } from '../../lib/core/transactions/detectors.ts';
import { malformedObject } from '../../lib/core/transactions-cloud/output-objects.ts';
import {
  readTransactions,
  type MalformedLines,
  type StreamRecord,
  type TransactionLine,
} from '../../lib/core/transactions-cloud/transaction-lines.ts';

export interface TransactionsOptions {
  readonly ledger: Pick<TransactionLedger, 'apply'>;
  readonly counter: Pick<TransactionCounter, 'count'>;
  readonly models: Pick<CurrentModel, 'get'>;
  readonly output: ObjectStore;
  readonly mode: TransactionMode;
  readonly onApplied: (applied: BatchApplied) => void;
  readonly onFailed: (error: unknown) => void;
}

interface BatchApplied extends Omit<Applied, 'failed' | 'outcomes'> {
  /** Lines that mean to be transactions and are none. */
  readonly malformed: number;
  /** The version of the model; undefined before the first training. */
  readonly model: string | undefined;
}

/** Judges the transactions of batches of the stream, and skips all that is meant for others. */
export class Transactions {
  readonly #options: TransactionsOptions;

  constructor(options: TransactionsOptions) {
    this.#options = options;
  }

  /**
   * Applies a batch. If a part of it fails, it is to be delivered again from the first record with a line of that part: all
   * that is applied is not applied again.
   */
  async handle(event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
    const records = event.Records.map(readArrived);
    const { byUser, malformed } = readTransactions(records);
    if (byUser.size === 0 && malformed.length === 0) return { batchItemFailures: [] };
    const { ledger, counter, models, output, mode, onApplied, onFailed } = this.#options;
    try {
      await putObjects(malformed.map(malformedObject), output);
      const model = await models.get();
      const judge = { detector: TRANSACTION_DETECTORS[mode], mode, model };
      const { failed, outcomes, ...applied } = await ledger.apply(byUser, judge);
      const rejectedLines = malformed.reduce((count, { lines }) => count + lines.length, 0);
      onApplied({ ...applied, malformed: rejectedLines, model: model?.version });
      for (const error of new Set(failed.values())) onFailed(error);
      const again = firstOf(records, linesOf(byUser, failed));
      const all = { lines: linesOf(byUser, byUser), malformed };
      await counter.count({ shard: records[0]?.shard ?? '', ...before(again[0]?.itemIdentifier, all), outcomes });
      return { batchItemFailures: again };
    } catch (error) {
      onFailed(error);
      return { batchItemFailures: [{ itemIdentifier: records[0]?.sequenceNumber ?? '' }] };
    }
  }
}

function* linesOf(
  byUser: ReadonlyMap<UserId, readonly TransactionLine[]>,
  users: ReadonlyMap<UserId, unknown>,
): Generator<TransactionLine> {
  for (const user of users.keys()) yield* byUser.get(user) ?? [];
}

interface BatchLines {
  readonly lines: Iterable<TransactionLine>;
  readonly malformed: readonly MalformedLines[];
}

/** The lines before a record; all, if there is none. */
function before(sequenceNumber: string | undefined, { lines, malformed }: BatchLines) {
  const isBefore = (record: { readonly sequenceNumber: string }): boolean =>
    sequenceNumber === undefined || BigInt(record.sequenceNumber) < BigInt(sequenceNumber);
  return { lines: [...lines].filter(isBefore), malformed: malformed.filter(({ record }) => isBefore(record)) };
}

/** The first of the records that holds one of the lines. */
function firstOf(
  records: readonly StreamRecord[],
  lines: Iterable<TransactionLine>,
): KinesisStreamBatchResponse['batchItemFailures'] {
  const numbers = new Set(Array.from(lines, ({ sequenceNumber }) => sequenceNumber));
  const first = records.find(({ sequenceNumber }) => numbers.has(sequenceNumber));
  return first === undefined ? [] : [{ itemIdentifier: first.sequenceNumber }];
}

export function readArrived({ eventID, kinesis }: KeptRecord): StreamRecord {
  const { sequenceNumber, approximateArrivalTimestamp: at, data } = kinesis;
  const shard = eventID.slice(0, eventID.indexOf(':'));
  return { shard, sequenceNumber, at: Math.round(at * 1000), data: Buffer.from(data, 'base64') };
}
