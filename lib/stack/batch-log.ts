import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AsynchronousFunction } from '../constructs/asynchronous-function.ts';
import { UploadTrigger } from '../constructs/upload-trigger.ts';
import { UserAlarm } from '../constructs/user-alarm.ts';
import { allowCommits } from './allow-commits.ts';
import { METRICS_NAMESPACE } from './environment.ts';
import type { FunctionScope } from './function-scope.ts';

/** A dropped batch log to a network's state. */
export function addBatchLog({ scope, resources, common }: FunctionScope): void {
  const batchLog = new AsynchronousFunction(scope, 'BatchLog', {
    ...common('batch-log'),
    // For its whole virtual processor; a load of a million events fits into 512 MB.
    memoryMB: 1769,
    timeout: Duration.minutes(15),
    errors: { userLoses: 'Nothing yet: loading a batch log failed and is tried again.', periods: 1 },
    dropped: {
      userLoses:
        'A batch log: it was tried three times and not loaded, its network still has the old state. Its event is in the journal bucket under aws/lambda/async/; drop the log again.',
    },
  });
  allowCommits(batchLog, resources);
  new UploadTrigger(scope, 'BatchLogTrigger', { bucket: resources.input, file: 'batch_log.json', target: batchLog });
  new UserAlarm(batchLog, 'LoadsFailed', {
    metric: new Metric({
      namespace: METRICS_NAMESPACE,
      metricName: 'LoadsFailed',
      dimensionsMap: { service: 'batch-log' },
      statistic: 'Sum',
      period: Duration.minutes(5),
    }),
    userLoses:
      'The state they wanted: a batch log could not be read, and its network still has the old state. What was wrong is in the report in the output bucket.',
  });
}
