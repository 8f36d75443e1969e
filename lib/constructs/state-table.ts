import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { KeyedTable } from './keyed-table.ts';

interface StateTableProps {
  readonly removal: RemovalPolicy;
  readonly key?: Key | undefined;
}

/** All networks' state. */
export class StateTable extends KeyedTable {
  constructor(scope: Construct, id: string, { removal, key }: StateTableProps) {
    super(scope, id, { removal, key, partitionKey: 'pk', sortKey: 'sk', late: 'Purchases are flagged' });
  }
}
