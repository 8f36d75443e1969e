import type { RemovalPolicy } from 'aws-cdk-lib';
import { RemovalPolicy as Removal } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { UserAlarm } from './user-alarm.ts';

interface KeyedTableProps extends Pick<TableProps, 'timeToLiveAttribute'> {
  readonly removal: RemovalPolicy;
  /** The account's own key; else DynamoDB has one. */
  readonly key?: Key | undefined;
  /** The names of text attributes. */
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** What is late, as a sentence begins: `Purchases are flagged`. */
  readonly late: string;
}

interface TableIndex {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** A table that can be restored as it was at any second of the last 35 days. Encrypted, as every table is. */
export class KeyedTable extends Table {
  constructor(scope: Construct, id: string, { removal, key, late, partitionKey, sortKey, ...props }: KeyedTableProps) {
    super(scope, id, {
      ...props,
      partitionKey: text(partitionKey),
      ...(sortKey !== undefined && { sortKey: text(sortKey) }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(key && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removal !== Removal.DESTROY,
      removalPolicy: removal,
    });
    for (const access of ['Read', 'Write']) {
      new UserAlarm(this, `${access}Throttled`, {
        metric: this.metric(`${access}ThrottleEvents`, { statistic: 'Sum' }),
        periods: 3,
        userLoses: `${late} late: the table ${id} has been refusing ${access.toLowerCase()}s for 15 minutes. Nothing is lost while it retries.`,
      });
    }
  }

  /** Adds an index of all attributes of those items that have both keys. */
  addIndex({ name, partitionKey, sortKey }: TableIndex): void {
    this.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: ProjectionType.ALL,
    });
  }

  indexArn(name: string): string {
    return `${this.tableArn}/index/${name}`;
  }
}

function text(name: string): { name: string; type: AttributeType } {
  return { name, type: AttributeType.STRING };
}
