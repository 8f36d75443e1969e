import { Duration } from 'aws-cdk-lib';
import { AsynchronousFunction } from '../constructs/asynchronous-function.ts';
import { UploadTrigger } from '../constructs/upload-trigger.ts';
import { UserAlarm } from '../constructs/user-alarm.ts';
import { allowCommits } from './allow-commits.ts';
import { flagstoneMetric } from './flagstone-metric.ts';
import type { FunctionScope } from './function-scope.ts';

/** A dropped batch log to a network's state. */
export function addBatchLog({ scope, resources, common }: FunctionScope): void {
  const batchLog = new AsynchronousFunction(scope, 'BatchLog', {
    ...common('batch-log'),
    // For its whole virtual processor; a load of a million events fits into 512 MB.
    memoryMB: 1769,
    timeout: Duration.minutes(15),
    errors: { userLoses: 'Nothing yet: loading a batch log failed and is tried again.', periods: 1 },
    nearTimeout: {
      userLoses:
        'Soon loads: a batch log has taken more than 12 of the 15 minutes that a load may take; one that takes longer is not loaded. Split its network, or drop the log without events that are long past.',
    },
    dropped: {
      userLoses:
        'A batch log: it was tried three times and not loaded, its network still has the old state. Its event is in the journal bucket under aws/lambda/async/; flagstone redrive puts it back.',
    },
  });
  allowCommits(batchLog, resources);
  new UploadTrigger(scope, 'BatchLogTrigger', { bucket: resources.input, file: 'batch_log.json', target: batchLog });
  new UserAlarm(batchLog, 'LoadsFailed', {
    metric: flagstoneMetric('batch-log', 'LoadsFailed'),
    userLoses:
      'The state they wanted: a batch log could not be read, and its network still has the old state. What was wrong is in the report in the output bucket.',
  });
}
