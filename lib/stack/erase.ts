import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { AsynchronousFunction } from '../constructs/asynchronous-function.ts';
import { RuleTrigger } from '../constructs/rule-trigger.ts';
import type { FunctionScope } from './function-scope.ts';
import type { LiveService } from './live.ts';
import type { SeriesService } from './series.ts';

interface ErasedServices {
  readonly series: SeriesService;
  readonly live: LiveService;
}

/** Removes the data of a network, a user or a client. Gives the function, which whoever may call it asks to. */
export function addErase(functions: FunctionScope, { series, live }: ErasedServices): AsynchronousFunction {
  const { scope, common } = functions;
  const { environment, ...setting } = common('erase');
  const erase = new AsynchronousFunction(scope, 'Erase', {
    ...setting,
    environment: { ...environment, SERIES_TABLE: series.table.tableName, SUBSCRIPTION_TABLE: live.table.tableName },
    // Of a network it holds one user with their friends, at most 100,000.
    memoryMB: 1024,
    timeout: Duration.minutes(15),
    errors: { userLoses: 'Nothing yet: removing somebody’s data failed and is tried again.', periods: 1 },
    dropped: {
      userLoses:
        'Their word: data that somebody asked to be removed is still there in part, the function failed three times. It is called again in an hour.',
    },
  });
  allowTables(erase, functions, { series, live });
  allowBuckets(erase, functions);
  new RuleTrigger(scope, 'EraseTrigger', {
    target: erase,
    description: 'Calls Erase',
    schedule: Schedule.rate(Duration.hours(1)),
    userLoses: 'Nothing yet: the function that removes data was not called. It is called again in an hour.',
  });
  return erase;
}

function allowTables(erase: AsynchronousFunction, { resources }: FunctionScope, services: ErasedServices): void {
  const { table, transactionTable, profileTable } = resources;
  const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'];
  const WRITE = ['dynamodb:PutItem', 'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'];
  erase.allow([...READ, ...WRITE], table.tableArn);
  erase.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], profileTable.tableArn);
  erase.allow(['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'], transactionTable.tableArn);
  erase.allow(['dynamodb:Query'], transactionTable.indexArn('by-user'));
  const ofClients = ['dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'];
  erase.allow(ofClients, services.series.table.tableArn);
  erase.allow(['dynamodb:Query', 'dynamodb:BatchWriteItem', 'dynamodb:UpdateItem'], services.live.table.tableArn);
}

function allowBuckets(erase: AsynchronousFunction, { resources }: FunctionScope): void {
  const { input, output, journal } = resources;
  const because = 'whose data is to be removed can be in any of them; each kind of object has a prefix of its own';
  erase.allow(['s3:ListBucket'], input.bucketArn, output.bucketArn, journal.bucketArn);
  erase.allow(['s3:ListBucketVersions'], input.bucketArn);
  const edit = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
  const logs = ['batch_log.json', 'stream_log.json'].flatMap((log) => [log, `${log}.gz`, `*/${log}`, `*/${log}.gz`]);
  erase.allowObjects({ bucket: input, actions: ['s3:GetObject', 's3:DeleteObjectVersion'], keys: logs, because });
  const outputs = ['flagged/*', 'rejected/*', 'reports/*', 'anomalies/*'];
  erase.allowObjects({ bucket: output, actions: edit, keys: outputs, because });
  erase.allowObjects({ bucket: journal, actions: edit, keys: ['bodies/*', 'aws/lambda/*'], because });
  erase.allowObjects({ bucket: journal, actions: ['s3:DeleteObject'], keys: ['redriven/*'], because });
}
