import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { AsynchronousFunction } from '../constructs/asynchronous-function.ts';
import { RuleTrigger } from '../constructs/rule-trigger.ts';
import type { FunctionScope } from './function-scope.ts';

/** Trains the transactions' model on a schedule. Gives the function, which can be called at any time. */
export function addTrain({ scope, resources, settings, common }: FunctionScope): AsynchronousFunction {
  const stays = 'Transactions are judged by the model before, if there is one.';
  const train = new AsynchronousFunction(scope, 'Train', {
    ...common('train'),
    memoryMB: 1769,
    timeout: Duration.minutes(5),
    errors: { userLoses: `Nothing yet: training a model failed and is tried again. ${stays}`, periods: 1 },
    nearTimeout: {
      userLoses: `Soon freshness: training a model has taken more than four of the five minutes it may take. ${stays}`,
    },
    dropped: { userLoses: `Freshness: training a model failed three times. ${stays}` },
  });
  train.allow(['dynamodb:Query'], resources.transactionTable.indexArn('newest'));
  train.allowObjects({
    bucket: resources.journal,
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    keys: ['models/*'],
    because: 'each training puts a model of its own, named by time, and deletes those that are old',
  });
  new RuleTrigger(scope, 'TrainTrigger', {
    target: train,
    description: 'Calls Train',
    schedule: Schedule.rate(Duration.hours(settings.trainEveryHours)),
    userLoses: `Freshness: the training of a model was not begun. ${stays}`,
  });
  return train;
}
