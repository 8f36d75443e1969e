import { Duration } from 'aws-cdk-lib';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import { StreamTrigger } from '../constructs/stream-trigger.ts';
import { allowCommits } from './allow-commits.ts';
import { allowRedrive } from './allow-redrive.ts';
import { flagstoneMetric } from './flagstone-metric.ts';
import type { FunctionScope } from './function-scope.ts';

/** The stream's events to flagged purchases. */
export function addLiveEvents({ scope, resources, settings, common }: FunctionScope): void {
  const liveEvents = new FlagstoneFunction(scope, 'LiveEvents', {
    ...common('live-events'),
    // One whole virtual processor, which judging uses up: less memory would be less of it, more would be idle.
    memoryMB: 1769,
    // A batch takes a second or two. Cold, with all its users to be read, or throttled by the table, much longer: and one
    // that never ends in time would block its shard for good.
    timeout: Duration.minutes(5),
    errors: {
      userLoses:
        'Timeliness: purchases are not being judged, the function has been failing for 15 minutes. Their records are retried until they are an hour short of the retention of the stream, then kept in the journal bucket.',
      periods: 3,
      also: flagstoneMetric('live-events', 'FailedBatches'),
    },
    nearTimeout: {
      userLoses:
        'Soon timeliness: a batch of purchases has taken more than four of the five minutes it may take. One that never ends in time is tried again for ever, and its shard stands still. Lower batchSize, or raise flushEvery.',
    },
  });
  allowCommits(liveEvents, resources);
  liveEvents.allow(['dynamodb:BatchGetItem'], resources.table.tableArn);
  allowRedrive(liveEvents, resources.journal);
  new StreamTrigger(scope, 'LiveEventsTrigger', {
    stream: resources.stream,
    target: liveEvents,
    batchSize: settings.batchSize,
    batchWindow: Duration.seconds(settings.batchWindowSeconds),
    retention: Duration.hours(settings.streamRetentionHours),
    failures: resources.journal,
    what: 'purchases',
  });
}
