import type { Seconds, UserId } from '../../core/events/event.ts';
import type { Severity } from '../../core/transactions/judgement.ts';
import type { TransactionId } from '../../core/transactions/transaction.ts';
import type { StoredTransaction } from '../../core/transactions-cloud/stored-transaction.ts';

/** All transactions that were judged, with their verdicts, until they expire. */
export interface TransactionStore {
  /** Whose the ids are that are stored, among those asked for. Strongly consistent. */
  readOwners(ids: readonly TransactionId[]): Promise<ReadonlyMap<TransactionId, UserId>>;
  /** Writes transactions, whatever there is; again is the same. */
  write(transactions: readonly StoredTransaction[]): Promise<void>;
  /** Deletes transactions; it is no error if one is not there. */
  remove(ids: readonly TransactionId[]): Promise<void>;
  /** Strongly consistent; undefined for an id that is not stored. */
  read(id: TransactionId): Promise<StoredTransaction | undefined>;
  /** Those of several that are stored. Strongly consistent. */
  readMany(ids: readonly TransactionId[]): Promise<ReadonlyMap<TransactionId, StoredTransaction>>;
  /**
   * A page of a list, newest first: by timestamp, then by id. Eventually consistent: what was written a moment ago may be
   * missing. A page goes on where the one before ended, whatever has been written since.
   * @throws InvalidCursor
   */
  list(query: TransactionQuery): Promise<TransactionPage>;
}

/** The lists that come from indexes. */
export type TransactionList =
  | { readonly of: 'all' }
  | { readonly of: 'user'; readonly user: UserId }
  | { readonly of: 'category'; readonly category: string }
  /** Anomalies; of one severity, if it is given. */
  | { readonly of: 'anomalies'; readonly severity?: Severity };

export interface TransactionQuery {
  readonly list: TransactionList;
  /** Transactions on a page at most; at least 1. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string;
  /** Only timestamps from here on; costs nothing. */
  readonly from?: Seconds;
  /** Only timestamps up to here, included; costs nothing. */
  readonly until?: Seconds;
  /** Only those that it accepts; all others are read, too. */
  readonly where?: (stored: StoredTransaction) => boolean;
  /** How many transactions may be read for the page, so that one that hardly anything is accepted for ends; by default 10,000. */
  readonly mostRead?: number;
}

export interface TransactionPage {
  readonly transactions: readonly StoredTransaction[];
  /** For the next page; undefined if this is the last. A page can be short, even empty, and have one: see `mostRead`. */
  readonly cursor: string | undefined;
}

/** A cursor that no page has given. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  constructor() {
    super('the cursor must be one that a page of this list has given');
  }
}
