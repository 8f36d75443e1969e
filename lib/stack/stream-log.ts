import { Duration } from 'aws-cdk-lib';
import { AsynchronousFunction } from '../constructs/asynchronous-function.ts';
import { allowReading, UploadTrigger } from '../constructs/upload-trigger.ts';
import { UserAlarm } from '../constructs/user-alarm.ts';
import { flagstoneMetric } from './flagstone-metric.ts';
import type { FunctionScope } from './function-scope.ts';

/** A dropped stream log to the stream. */
export function addStreamLog({ scope, resources, common }: FunctionScope): void {
  const streamLog = new AsynchronousFunction(scope, 'StreamLog', {
    ...common('stream-log'),
    // It waits for the stream most of the time, which takes no more than a shard's 1 MB/s.
    memoryMB: 512,
    timeout: Duration.minutes(15),
    // A longer log is gone on with by the next invocation.
    invokesItself: true,
    errors: { userLoses: 'Nothing yet: putting a stream log on the stream failed and is tried again.', periods: 1 },
    dropped: {
      userLoses:
        'The rest of a stream log: it was tried three times. Its event is in the journal bucket under aws/lambda/async/; flagstone redrive puts it back, and it goes on where it stopped.',
    },
  });
  streamLog.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], resources.table.tableArn);
  streamLog.allow(['kinesis:PutRecord'], resources.stream.streamArn);
  streamLog.allow(['s3:ListBucket'], resources.output.bucketArn);
  streamLog.allowObjects({
    bucket: resources.output,
    actions: ['s3:PutObject'],
    keys: ['rejected/*', 'reports/*'],
    because: 'what is told of a log goes into objects named by its network and its key',
  });
  // A report that is there says that the log was put before.
  streamLog.allowObjects({
    bucket: resources.output,
    actions: ['s3:GetObject'],
    keys: ['reports/*'],
    because: 'the report on a log is named by its network and its key',
  });
  // It looks for batch logs that it has to wait for.
  allowReading(streamLog, resources.input, 'batch_log.json');
  new UploadTrigger(scope, 'StreamLogTrigger', { bucket: resources.input, file: 'stream_log.json', target: streamLog });
  new UserAlarm(streamLog, 'LogsFailed', {
    metric: flagstoneMetric('stream-log', 'LogsFailed'),
    userLoses:
      'Events: a stream log could not be read, or not to its end. What was wrong, and how far it was put, is in the report in the output bucket.',
  });
}
