import type { RemovalPolicy } from 'aws-cdk-lib';
import { RemovalPolicy as Removal } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { UserAlarm } from './user-alarm.ts';

interface KeyedTableProps extends Pick<TableProps, 'timeToLiveAttribute'> {
  readonly removal: RemovalPolicy;
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

/**
 * A table. Encrypted with the key that DynamoDB owns, as every table is: a key of the account's own would charge a request to
 * it for what nobody else can read anyway.
 */
export class KeyedTable extends Table {
  constructor(scope: Construct, id: string, { removal, late, partitionKey, sortKey, ...props }: KeyedTableProps) {
    super(scope, id, {
      ...props,
      partitionKey: text(partitionKey),
      ...(sortKey !== undefined && { sortKey: text(sortKey) }),
      billingMode: BillingMode.PAY_PER_REQUEST,
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
