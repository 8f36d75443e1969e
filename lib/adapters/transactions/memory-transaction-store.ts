import type { UserId } from '../../core/events/event.ts';
import type { TransactionId } from '../../core/transactions/transaction.ts';
import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';
import type { RawItem } from '../state/dynamo-batches.ts';
import { compareMoments, pageOf, type Span } from './newest-first.ts';
import { storedTransaction, transactionItem } from './transaction-item.ts';
import { momentOf, partitionsOf, type IndexPartition } from './transaction-keys.ts';
import type { TransactionPage, TransactionQuery, TransactionStore } from './transaction-store.ts';

/** The twin of DynamoTransactionStore: keeps the same contract, in memory, and the same items, so that what they lack is missing here too. */
export class MemoryTransactionStore implements TransactionStore {
  readonly #items = new Map<TransactionId, RawItem>();

  async readOwners(ids: readonly TransactionId[]): Promise<Map<TransactionId, UserId>> {
    const owners = new Map<TransactionId, UserId>();
    for (const id of ids) {
      const item = this.#items.get(id);
      if (item !== undefined) owners.set(id, storedTransaction(item).transaction.user);
    }
    return owners;
  }

  async write(transactions: readonly StoredTransaction[]): Promise<void> {
    for (const stored of transactions) this.#items.set(stored.transaction.id, transactionItem(stored));
  }

  async remove(ids: readonly TransactionId[]): Promise<void> {
    for (const id of ids) this.#items.delete(id);
  }

  async read(id: TransactionId): Promise<StoredTransaction | undefined> {
    const item = this.#items.get(id);
    return item && storedTransaction(item);
  }

  async readMany(ids: readonly TransactionId[]): Promise<Map<TransactionId, StoredTransaction>> {
    const items = ids.map((id) => this.#items.get(id)).filter((item) => item !== undefined);
    return new Map(items.map(storedTransaction).map((stored) => [stored.transaction.id, stored]));
  }

  async list(query: TransactionQuery): Promise<TransactionPage> {
    const partitions = partitionsOf(query.list);
    return pageOf(
      query,
      partitions.map((partition) => (span) => this.#read(partition, span)),
    );
  }

  async *#read({ attribute, value }: IndexPartition, { after, before }: Span): AsyncGenerator<StoredTransaction> {
    const own = [...this.#items.values()].filter((item) => item[attribute]?.S === value).map(storedTransaction);
    const placed = own.map((stored) => ({ stored, moment: momentOf(stored.transaction) }));
    const within = placed.filter(
      ({ moment }) => compareMoments(moment, after) > 0 && compareMoments(moment, before) < 0,
    );
    for (const { stored } of within.toSorted((one, other) => compareMoments(other.moment, one.moment))) yield stored;
  }
}
