import { Duration } from 'aws-cdk-lib';
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { FlagstoneFunction, type FlagstoneFunctionProps } from './flagstone-function.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { UserAlarm } from './user-alarm.ts';

interface AsynchronousFunctionProps extends FlagstoneFunctionProps {
  readonly failures: PrivateBucket;
  readonly dropped: { readonly userLoses: string };
}

/** A function that EventBridge calls: tried three times, then its event is kept in the journal bucket. */
export class AsynchronousFunction extends FlagstoneFunction {
  constructor(scope: Construct, id: string, props: AsynchronousFunctionProps) {
    super(scope, id, props);
    new EventInvokeConfig(this, 'Retries', {
      function: this,
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      // Instead of S3Destination, which lets the function read, write and delete the whole bucket.
      onFailure: { bind: () => ({ destination: props.failures.bucketArn }) },
    });
    new UserAlarm(this, 'Dropped', {
      metric: this.metric('AsyncEventsDropped', { statistic: 'Sum' }),
      userLoses: props.dropped.userLoses,
    });
  }
}
