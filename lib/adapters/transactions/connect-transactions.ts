import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../objects/object-store.ts';
import { S3ObjectStore } from '../objects/s3-object-store.ts';
import { DynamoTransactionStore } from './dynamo-transaction-store.ts';
import { DynamoUserStore } from './dynamo-user-store.ts';
import { DynamoTallyStore } from './dynamo-tally-store.ts';
import type { LedgerStores } from './ledger-outputs.ts';
import { ModelStore } from './model-store.ts';
import type { TallyStore } from './tally-store.ts';

/** Requests under way at a time: as many as users are committed at a time, and some. */
const MOST_SOCKETS = 96;

/** A head in memory takes some 3 KB. */
export const MOST_USERS = 200_000;

export interface TransactionNames {
  /** Of the networks' state, where the tallies are, too. */
  readonly stateTable: string;
  readonly transactionTable: string;
  readonly profileTable: string;
  readonly outputBucket: string;
  readonly journalBucket: string;
}

export interface Transactions {
  readonly stores: LedgerStores;
  readonly output: ObjectStore;
  readonly journal: ObjectStore;
  readonly models: ModelStore;
  readonly tallies: TallyStore;
}

/** Connects a function to the transactions' stores, once per cold start. */
export function connectTransactions(names: TransactionNames): Transactions {
  const requestHandler = { maxSockets: MOST_SOCKETS } as const;
  const s3 = new S3Client({ requestHandler });
  const client = new DynamoDBClient({ requestHandler });
  const output = new S3ObjectStore({ client: s3, bucket: names.outputBucket });
  const stores = {
    users: new DynamoUserStore({ client, table: names.profileTable }),
    transactions: new DynamoTransactionStore({ client, table: names.transactionTable }),
    output,
  };
  const journal = new S3ObjectStore({ client: s3, bucket: names.journalBucket });
  const models = new ModelStore(journal);
  return { stores, output, journal, models, tallies: new DynamoTallyStore({ client, table: names.stateTable }) };
}
