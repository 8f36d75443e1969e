import type { RemovalPolicy } from 'aws-cdk-lib';
import { RemovalPolicy as Removal } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { UserAlarm } from './user-alarm.ts';

interface StateTableProps {
  readonly removal: RemovalPolicy;
}

/**
 * All networks' state. Encrypted with the key that DynamoDB owns, as every table is: a key of the account's own would
 * charge a request to it for what nobody else can read anyway.
 */
export class StateTable extends Table {
  constructor(scope: Construct, id: string, { removal }: StateTableProps) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removal !== Removal.DESTROY,
      removalPolicy: removal,
    });
    for (const access of ['Read', 'Write']) {
      new UserAlarm(this, `${access}Throttled`, {
        metric: this.metric(`${access}ThrottleEvents`, { statistic: 'Sum' }),
        periods: 3,
        userLoses: `Purchases are flagged late: the state table has been refusing ${access.toLowerCase()}s for 15 minutes. Nothing is lost while it retries.`,
      });
    }
  }
}
