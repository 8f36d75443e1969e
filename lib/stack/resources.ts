import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EventStream } from '../constructs/event-stream.ts';
import { KeyedTable } from '../constructs/keyed-table.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { StateTable } from '../constructs/state-table.ts';
import { TransactionTable } from '../constructs/transaction-table.ts';
import type { Settings } from './settings.ts';

/** What the functions work on. */
export interface Resources {
  /** Where users drop their logs. */
  readonly input: PrivateBucket;
  /** Where flagged purchases, rejected lines and reports are put. */
  readonly output: PrivateBucket;
  /** The bodies of the commits, and the events that a function failed on. */
  readonly journal: PrivateBucket;
  /** The files of the dashboard. */
  readonly site: PrivateBucket;
  readonly table: StateTable;
  readonly transactionTable: TransactionTable;
  /** What is known of each user, with the position up to which the stream is applied. */
  readonly profileTable: KeyedTable;
  readonly stream: EventStream;
}

export function createResources(scope: Construct, settings: Settings): Resources {
  const removal = removalOf(settings);
  const accessLogs = new PrivateBucket(scope, 'AccessLogs', {
    removal,
    expireAfter: Duration.days(settings.logRetentionDays),
  });
  return {
    input: new PrivateBucket(scope, 'Input', { removal, accessLogs, announcesObjects: true }),
    output: new PrivateBucket(scope, 'Output', { removal, accessLogs, announcesObjects: true }),
    journal: new PrivateBucket(scope, 'Journal', { removal, accessLogs }),
    site: new PrivateBucket(scope, 'Site', { removal, accessLogs }),
    table: new StateTable(scope, 'State', { removal }),
    transactionTable: new TransactionTable(scope, 'JudgedTransactions', { removal }),
    profileTable: new KeyedTable(scope, 'Profiles', {
      removal,
      partitionKey: 'user_id',
      late: 'Transactions are judged',
    }),
    stream: new EventStream(scope, 'Events', {
      shards: settings.stream === 'on-demand' ? undefined : (settings.shards ?? 1),
      retention: Duration.hours(settings.streamRetentionHours),
    }),
  };
}

export function removalOf({ removal }: Settings): RemovalPolicy {
  return removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
