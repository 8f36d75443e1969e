import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Stream, StreamEncryption, StreamMode, type StreamProps } from 'aws-cdk-lib/aws-kinesis';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { UserAlarm } from './user-alarm.ts';

export interface EventStreamProps {
  /** Undefined for a stream that AWS scales. */
  readonly shards: number | undefined;
  readonly retention: Duration;
  /** The account's own key; else Kinesis has one. */
  readonly key?: Key | undefined;
}

/** What producers put their events on. Goes with the stack: what it holds has been applied, or never will be. */
export class EventStream extends Stream {
  constructor(scope: Construct, id: string, { shards, retention, key }: EventStreamProps) {
    super(scope, id, {
      ...capacity(shards),
      ...(key === undefined
        ? { encryption: StreamEncryption.MANAGED }
        : { encryption: StreamEncryption.KMS, encryptionKey: key }),
      retentionPeriod: retention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (key !== undefined) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-KDS3',
        reason: 'who deploys has chosen a key of the account’s own, and its cost is told with the setting',
      });
    }
    new UserAlarm(this, 'ProducersThrottled', {
      metric: this.metricWriteProvisionedThroughputExceeded({ statistic: 'Sum', period: Duration.minutes(5) }),
      periods: 3,
      userLoses:
        'Events of producers that do not retry: the stream has been refusing records for 15 minutes. Add shards, or put events under more partition keys.',
    });
  }
}

function capacity(shards: number | undefined): Pick<StreamProps, 'streamMode' | 'shardCount'> {
  if (shards === undefined) return { streamMode: StreamMode.ON_DEMAND };
  return { streamMode: StreamMode.PROVISIONED, shardCount: shards };
}
