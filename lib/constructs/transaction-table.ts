import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { KeyedTable } from './keyed-table.ts';

interface TransactionTableProps {
  readonly removal: RemovalPolicy;
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
  constructor(scope: Construct, id: string, { removal }: TransactionTableProps) {
    super(scope, id, {
      removal,
      partitionKey: 'transaction_id',
      timeToLiveAttribute: 'expires_at',
      late: 'Transactions are judged',
    });
    for (const [name, partitionKey] of INDEXES) this.addIndex({ name, partitionKey, sortKey: 'moment' });
  }
}
