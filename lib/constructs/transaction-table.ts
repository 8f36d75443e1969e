import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { KeyedTable } from './keyed-table.ts';

interface TransactionTableProps {
  readonly removal: RemovalPolicy;
  readonly key?: Key | undefined;
}

const INDEXES = [
  ['newest', 'recent'],
  ['by-user', 'user_id'],
  ['by-category', 'category'],
  // Only anomalies have a severity.
  ['anomalies', 'severity'],
] as const;

/** Each transaction with its verdict, until it expires; its indexes list them newest first. */
export class TransactionTable extends KeyedTable {
  constructor(scope: Construct, id: string, { removal, key }: TransactionTableProps) {
    super(scope, id, {
      removal,
      key,
      partitionKey: 'transaction_id',
      timeToLiveAttribute: 'expires_at',
      late: 'Transactions are judged',
    });
    for (const [name, partitionKey] of INDEXES) this.addIndex({ name, partitionKey, sortKey: 'moment' });
  }
}
