import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { DataKey } from '../constructs/data-key.ts';
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
  /** The account's own key of all of these but the site's; undefined where the services have their own. */
  readonly key: Key | undefined;
}

export function createResources(scope: Construct, settings: Settings): Resources {
  const removal = removalOf(settings);
  // S3 delivers access logs to buckets with its own key only.
  const accessLogs = new PrivateBucket(scope, 'AccessLogs', {
    removal,
    expireAfter: Duration.days(settings.logRetentionDays),
  });
  const key = settings.encryptionKey === 'customer' ? new DataKey(scope, 'DataKey', { removal }) : undefined;
  return {
    key,
    // The only objects whose names their users choose, and so replace: a wrong log can be undone by dropping the old one again.
    input: new PrivateBucket(scope, 'Input', {
      removal,
      accessLogs,
      key,
      announcesObjects: true,
      keepsReplacedFor: Duration.days(settings.historyDays),
    }),
    // Here and in the journal every object is named by what it tells, and put again is the same.
    output: new PrivateBucket(scope, 'Output', { removal, accessLogs, key, announcesObjects: true }),
    journal: new PrivateBucket(scope, 'Journal', { removal, accessLogs, key }),
    // What anybody may read who opens the dashboard; CloudFront reads it without the key.
    site: new PrivateBucket(scope, 'Site', { removal, accessLogs }),
    table: new StateTable(scope, 'State', { removal, key }),
    transactionTable: new TransactionTable(scope, 'JudgedTransactions', { removal, key }),
    profileTable: new KeyedTable(scope, 'Profiles', {
      removal,
      key,
      partitionKey: 'user_id',
      late: 'Transactions are judged',
    }),
    stream: new EventStream(scope, 'Events', {
      shards: settings.stream === 'on-demand' ? undefined : (settings.shards ?? 1),
      retention: Duration.hours(settings.streamRetentionHours),
      key,
    }),
  };
}

export function removalOf({ removal }: Settings): RemovalPolicy {
  return removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
