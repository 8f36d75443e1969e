import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import { StreamTrigger } from '../constructs/stream-trigger.ts';
import { UserAlarm } from '../constructs/user-alarm.ts';
import { METRICS_NAMESPACE } from './environment.ts';
import type { FunctionScope } from './function-scope.ts';

/** The stream's transactions to verdicts. */
export function addTransactions({ scope, resources, settings, common }: FunctionScope): void {
  const { stream, output, journal, table, transactionTable, profileTable } = resources;
  const transactions = new FlagstoneFunction(scope, 'Transactions', {
    ...common('transactions'),
    // One whole virtual processor: judging and writing use it up.
    memoryMB: 1769,
    // A batch takes a second or two; throttled by a table, much longer.
    timeout: Duration.minutes(5),
    errors: {
      userLoses:
        'Timeliness: transactions are not being judged, the function has been failing for 15 minutes. Their records are retried until they are an hour short of the retention of the stream, then kept in the journal bucket.',
      periods: 3,
    },
  });
  transactions.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], profileTable.tableArn);
  // How many transactions of each shard are counted.
  transactions.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], table.tableArn);
  transactions.allow(['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'], transactionTable.tableArn);
  transactions.allowObjects({
    bucket: output,
    actions: ['s3:PutObject'],
    keys: ['anomalies/*', 'rejected/transactions/*'],
    because: 'each commit that has something to tell puts an object of its own, named by time, user and version',
  });
  transactions.allowObjects({
    bucket: journal,
    actions: ['s3:GetObject'],
    keys: ['models/*'],
    because: 'each training puts a model of its own, named by time',
  });
  new StreamTrigger(scope, 'TransactionsTrigger', {
    stream,
    target: transactions,
    batchSize: settings.batchSize,
    batchWindow: Duration.seconds(settings.batchWindowSeconds),
    retention: Duration.hours(settings.streamRetentionHours),
    failures: journal,
    what: 'transactions',
  });
  new UserAlarm(transactions, 'ModelsRefused', {
    metric: new Metric({
      namespace: METRICS_NAMESPACE,
      metricName: 'ModelsRefused',
      dimensionsMap: { service: 'transactions' },
      statistic: 'Sum',
      period: Duration.minutes(5),
    }),
    userLoses:
      'Freshness: the latest model cannot be used, and transactions are judged by the one before. Train anew with flagstone train.',
  });
}
