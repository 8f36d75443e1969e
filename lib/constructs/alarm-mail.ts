import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** Mails when one of the alarms rings that are below a construct by now. */
export class AlarmMail extends Topic {
  constructor(scope: Construct, id: string, address: string) {
    super(scope, id, { enforceSSL: true });
    this.addSubscription(new EmailSubscription(address));
    const action = new SnsAction(this);
    for (const construct of scope.node.findAll()) {
      if (construct instanceof Alarm) construct.addAlarmAction(action);
    }
  }
}
