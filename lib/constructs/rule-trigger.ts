import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { AsynchronousFunction } from './asynchronous-function.ts';
import { UserAlarm } from './user-alarm.ts';

interface RuleTriggerProps extends Pick<RuleProps, 'eventPattern' | 'schedule' | 'description'> {
  readonly target: AsynchronousFunction;
  readonly userLoses: string;
}

/** An EventBridge rule that calls one function. */
export class RuleTrigger extends Rule {
  constructor(scope: Construct, id: string, { target, userLoses, ...rule }: RuleTriggerProps) {
    super(scope, id, { ...rule, targets: [new LambdaFunction(target)] });
    new UserAlarm(this, 'NotDelivered', {
      metric: new Metric({
        namespace: 'AWS/Events',
        metricName: 'FailedInvocations',
        dimensionsMap: { RuleName: this.ruleName },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      userLoses,
    });
  }
}
