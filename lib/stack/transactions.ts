import { Duration } from 'aws-cdk-lib';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import { StreamTrigger } from '../constructs/stream-trigger.ts';
import { UserAlarm } from '../constructs/user-alarm.ts';
import { flagstoneMetric } from './flagstone-metric.ts';
import { allowRedrive } from './allow-redrive.ts';
import type { FunctionScope } from './function-scope.ts';

/** Of so many in a row, one has failed for a reason that stays. */
const TRAININGS_MISSED = 3;

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
      also: flagstoneMetric('transactions', 'FailedBatches'),
    },
    nearTimeout: {
      userLoses:
        'Soon timeliness: a batch of transactions has taken more than four of the five minutes it may take. One that never ends in time is tried again for ever, and its shard stands still. Lower batchSize.',
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
  allowRedrive(transactions, journal);
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
    metric: flagstoneMetric('transactions', 'ModelsRefused'),
    userLoses:
      'Freshness: the latest model cannot be used, and transactions are judged by the one before. Train anew with flagstone train.',
  });
  new UserAlarm(transactions, 'ModelOld', {
    metric: flagstoneMetric('transactions', 'ModelAge'),
    above: Duration.hours(TRAININGS_MISSED * settings.trainEveryHours).toSeconds(),
    userLoses: `Freshness: transactions are judged by a model that ${TRAININGS_MISSED} trainings should have replaced. Train anew with flagstone train, which tells why it cannot.`,
  });
}
