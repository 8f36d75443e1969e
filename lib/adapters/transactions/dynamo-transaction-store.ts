import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { idOfText, textOfId } from '../../core/cloud/id-text.ts';
import type { UserId } from '../../core/events/event.ts';
import type { TransactionId } from '../../core/transactions/transaction.ts';
import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import { Backoff, type BackoffOptions } from '../state/backoff.ts';
import { DynamoBatches, type RawItem } from '../state/dynamo-batches.ts';
import type { DynamoClient } from '../state/dynamo-client.ts';
import { pageOf, type Span } from './newest-first.ts';
import { storedTransaction, transactionItem } from './transaction-item.ts';
import { partitionsOf, type IndexPartition } from './transaction-keys.ts';
import type { TransactionPage, TransactionQuery, TransactionStore } from './transaction-store.ts';

export interface DynamoTransactionStoreOptions extends BackoffOptions {
  readonly client: DynamoClient;
  readonly table: string;
  /** Bulk writes, of 25 items each, at once. */
  readonly bulkWrites?: number;
}

/** DynamoDB gives a megabyte at a time anyway. */
const LARGEST_PAGE = 1_000;

/** The transactions in a table of DynamoDB with the indexes of transaction-keys.ts, as items of transaction-item.ts. */
export class DynamoTransactionStore implements TransactionStore {
  readonly #client: DynamoClient;
  readonly #table: string;
  readonly #backoff: Backoff;
  readonly #batches: DynamoBatches;
  readonly #bulkWrites: number;

  constructor({ client, table, bulkWrites = 16, ...backoff }: DynamoTransactionStoreOptions) {
    this.#client = client;
    this.#table = table;
    this.#backoff = new Backoff(backoff);
    this.#batches = new DynamoBatches({ client, table, backoff: this.#backoff });
    this.#bulkWrites = bulkWrites;
  }

  async readOwners(ids: readonly TransactionId[]): Promise<Map<TransactionId, UserId>> {
    const keys = Array.from(new Set(ids), keyOf);
    const items = await this.#batches.getAll(keys, { ProjectionExpression: 'transaction_id, user_id' });
    return new Map(
      items.map(({ transaction_id: id, user_id: user }) => {
        return [idOfText(id?.S ?? '') as string as TransactionId, idOfText(user?.S ?? '')];
      }),
    );
  }

  async write(transactions: readonly StoredTransaction[]): Promise<void> {
    const items = new Map(transactions.map((stored) => [stored.transaction.id, transactionItem(stored)]));
    await this.#batches.writeAll(putRequests(items.values()), this.#bulkWrites);
  }

  async remove(ids: readonly TransactionId[]): Promise<void> {
    const requests = Array.from(new Set(ids), (id) => ({ DeleteRequest: { Key: keyOf(id) } }));
    await this.#batches.writeAll(requests, this.#bulkWrites);
  }

  async read(id: TransactionId): Promise<StoredTransaction | undefined> {
    const [item] = await this.#batches.getAll([keyOf(id)]);
    return item && storedTransaction(item);
  }

  async readMany(ids: readonly TransactionId[]): Promise<Map<TransactionId, StoredTransaction>> {
    const items = await this.#batches.getAll(Array.from(new Set(ids), keyOf));
    const stored = items.map(storedTransaction);
    return new Map(stored.map((one) => [one.transaction.id, one]));
  }

  async list(query: TransactionQuery): Promise<TransactionPage> {
    const partitions = partitionsOf(query.list);
    return pageOf(
      query,
      partitions.map((partition) => (span, first) => this.#read(partition, span, first)),
    );
  }

  async *#read(
    { index, attribute, value }: IndexPartition,
    span: Span,
    first: number,
  ): AsyncGenerator<StoredTransaction> {
    let start: Record<string, AttributeValue> | undefined;
    let pageSize = Math.min(first, LARGEST_PAGE);
    do {
      const command = new QueryCommand({
        TableName: this.#table,
        IndexName: index,
        KeyConditionExpression: '#partition = :partition AND moment BETWEEN :after AND :before',
        ExpressionAttributeNames: { '#partition': attribute },
        ExpressionAttributeValues: {
          ':partition': { S: value },
          ':after': { S: span.after },
          ':before': { S: span.before },
        },
        ScanIndexForward: false,
        Limit: pageSize,
        ExclusiveStartKey: start,
      });
      const page = await this.#backoff.whileThrottled('a query', () => this.#client.send(command));
      // Both ends are included: one is the transaction that the page before ended with, the other is none.
      for (const item of page.Items ?? []) if (item['moment']?.S !== span.before) yield storedTransaction(item);
      start = page.LastEvaluatedKey;
      pageSize = Math.min(pageSize * 2, LARGEST_PAGE);
    } while (start !== undefined);
  }
}

function keyOf(id: TransactionId): RawItem {
  return { transaction_id: { S: textOfId(id as string as UserId) } };
}

function* putRequests(items: Iterable<RawItem>): Generator<{ PutRequest: { Item: RawItem } }> {
  for (const item of items) yield { PutRequest: { Item: item } };
}
