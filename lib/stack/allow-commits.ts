import type { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import type { Resources } from './resources.ts';

/**
 * Lets a function commit: write what a commit flags, rejects and reports, also for another function that died before it
 * could.
 */
export function allowCommits(committer: FlagstoneFunction, { table, journal, output }: Resources): void {
  committer.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'], table.tableArn);
  committer.allowObjects({
    bucket: journal,
    actions: ['s3:GetObject', 's3:PutObject'],
    keys: ['bodies/*'],
    because: 'each commit has a body of its own, whose key holds the network, the version and a random token',
  });
  committer.allowObjects({
    bucket: journal,
    actions: ['s3:PutObject'],
    keys: ['redriven/*'],
    because: 'what was put back is marked by shard and sequence number, or by source and line',
  });
  committer.allowObjects({
    bucket: output,
    actions: ['s3:PutObject'],
    keys: ['flagged/*', 'rejected/*', 'reports/*'],
    because: 'each commit that has something to tell puts an object of its own, named by network and version or log',
  });
}
