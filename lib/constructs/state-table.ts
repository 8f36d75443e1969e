import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { KeyedTable } from './keyed-table.ts';

interface StateTableProps {
  readonly removal: RemovalPolicy;
}

/** All networks' state. */
export class StateTable extends KeyedTable {
  constructor(scope: Construct, id: string, { removal }: StateTableProps) {
    super(scope, id, { removal, partitionKey: 'pk', sortKey: 'sk', late: 'Purchases are flagged' });
  }
}
