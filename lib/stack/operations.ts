import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { SilenceAlarm, UserAlarm } from '../constructs/user-alarm.ts';
import { flagstoneMetric } from './flagstone-metric.ts';
import type { FunctionScope } from './function-scope.ts';

const REJECTED_PERCENT = 5;
/** Of fewer lines, one is already many percent. */
const LEAST_LINES = 100;
const HOUR = Duration.hours(1);

/** The alarms on what no single function can tell. */
export function addOperations({ scope, settings, resources }: FunctionScope): void {
  new UserAlarm(scope, 'ManyRejected', {
    metric: rejectedPercent(),
    above: REJECTED_PERCENT,
    periods: 3,
    userLoses: `Verdicts: for 15 minutes more than ${REJECTED_PERCENT} % of the lines on the stream have been rejected, so some producer sends what is no event. The lines and the reasons are under rejected/ in the output bucket.`,
  });
  new UserAlarm(scope, 'FailuresKept', {
    metric: flagstoneMetric('housekeeping', 'FailuresKept', HOUR),
    userLoses:
      'What functions gave up on, until somebody acts: it waits in the journal bucket under aws/lambda/. Mend what made them fail, then put it back with flagstone redrive.',
  });
  if (settings.silenceHours === undefined) return;
  new SilenceAlarm(scope, 'Silent', {
    metric: resources.stream.metricIncomingRecords({ statistic: 'Sum', period: HOUR }),
    periods: settings.silenceHours,
    userLoses: `Events, most likely: no producer has put any on the stream for ${settings.silenceHours} hours (setting silenceHours).`,
  });
}

function rejectedPercent(): MathExpression {
  // Sums of lists pass over what has no data, as a count of nothing has.
  const rejected = 'SUM([rejectedEvents, rejectedTransactions])';
  const lines = 'SUM([events, transactions, rejectedEvents, rejectedTransactions])';
  return new MathExpression({
    expression: `IF(${lines} >= ${LEAST_LINES}, 100 * ${rejected} / ${lines}, 0)`,
    usingMetrics: {
      events: flagstoneMetric('live-events', 'Events'),
      transactions: flagstoneMetric('transactions', 'Transactions'),
      rejectedEvents: flagstoneMetric('live-events', 'Rejected'),
      rejectedTransactions: flagstoneMetric('transactions', 'Rejected'),
    },
    label: 'Lines rejected, in percent',
  });
}
