import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EventStream } from './event-stream.ts';
import type { FlagstoneFunction } from './flagstone-function.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { UserAlarm } from './user-alarm.ts';

interface StreamTriggerProps {
  readonly stream: EventStream;
  readonly target: FlagstoneFunction;
  readonly batchSize: number;
  readonly batchWindow: Duration;
  readonly retention: Duration;
  readonly failures: PrivateBucket;
  /** What is judged: `purchases`. */
  readonly what: string;
}

/**
 * Gives a function the records of a stream, each shard's strictly in order: one batch at a time, from the oldest record,
 * again from the first failed record until it succeeds, never split. No filter: it would drop bad records unseen.
 */
export class StreamTrigger extends Construct {
  constructor(scope: Construct, id: string, props: StreamTriggerProps) {
    super(scope, id);
    allowReading(props);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: props.target,
      eventSourceArn: props.stream.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize,
      maxBatchingWindow: props.batchWindow,
      parallelizationFactor: 1,
      bisectBatchOnError: false,
      reportBatchItemFailures: true,
      // An hour before the stream forgets a record, Lambda can still read it, and so keep it.
      maxRecordAge: props.retention.minus(Duration.hours(1)),
      // Instead of S3OnFailureDestination, which lets the function read, write and delete the whole bucket.
      onFailure: { bind: () => ({ destination: props.failures.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    this.#watch(mapping, props);
  }

  #watch(mapping: EventSourceMapping, { target, what }: StreamTriggerProps): void {
    new UserAlarm(this, 'Late', {
      metric: target.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
      above: Duration.minutes(5).toMilliseconds(),
      periods: 3,
      userLoses: `Timeliness: ${what} have been judged more than five minutes late for 15 minutes. If the lag grows to the retention of the stream, events are lost from the order and kept in the journal bucket.`,
    });
    new UserAlarm(this, 'GivenUp', {
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'OnFailureDestinationDeliveredEventCount',
        dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      userLoses: `Verdicts: ${what} were not judged, as their records grew too old while the function failed on them. They are in the journal bucket under aws/lambda/; flagstone redrive puts them back.`,
    });
  }
}

function allowReading({ stream, target }: StreamTriggerProps): void {
  const actions = ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'];
  target.allow(
    actions.map((action) => `kinesis:${action}`),
    stream.streamArn,
  );
}
