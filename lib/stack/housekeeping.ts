import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { AsynchronousFunction } from '../constructs/asynchronous-function.ts';
import { RuleTrigger } from '../constructs/rule-trigger.ts';
import { allowSettling } from './allow-commits.ts';
import type { FunctionScope } from './function-scope.ts';

/** Brings idle networks' users up to date and deletes what is no longer needed. */
export function addHousekeeping({ scope, resources, common }: FunctionScope): void {
  const housekeeping = new AsynchronousFunction(scope, 'Housekeeping', {
    ...common('housekeeping'),
    // It waits for the table most of the time.
    memoryMB: 512,
    timeout: Duration.minutes(15),
    errors: { userLoses: 'Nothing yet: housekeeping failed and is tried again.', periods: 1 },
    nearTimeout: {
      userLoses:
        'Soon money: housekeeping has taken more than 12 of the 15 minutes it may take; what it does not come to stays.',
    },
    dropped: {
      userLoses:
        'Money: housekeeping failed three times, and what is no longer needed stays. It is called again in an hour.',
    },
  });
  allowSettling(housekeeping, resources);
  housekeeping.allow(['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'], resources.table.tableArn);
  housekeeping.allowObjects({
    bucket: resources.journal,
    actions: ['s3:DeleteObject'],
    keys: ['bodies/*'],
    because: 'it deletes the bodies that are older than the history',
  });
  new RuleTrigger(scope, 'HousekeepingTrigger', {
    target: housekeeping,
    description: 'Calls Housekeeping',
    schedule: Schedule.rate(Duration.hours(1)),
    userLoses: 'Money: housekeeping was not called, and what is no longer needed stays. It is called again in an hour.',
  });
}
