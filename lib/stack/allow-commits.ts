import type { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import type { Resources } from './resources.ts';

/** Lets a function commit, and write what the commits tell. */
export function allowCommits(committer: FlagstoneFunction, resources: Resources): void {
  allowSettling(committer, resources);
  committer.allowObjects({
    bucket: resources.journal,
    actions: ['s3:PutObject'],
    keys: ['bodies/*'],
    because: 'each commit has a body of its own, whose key holds the network, the version and a random token',
  });
}

/**
 * Lets a function write what a commit flags, rejects and reports, whose author died before it could; and commit what needs no
 * body.
 */
export function allowSettling(settler: FlagstoneFunction, { table, journal, output }: Resources): void {
  settler.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'], table.tableArn);
  settler.allowObjects({
    bucket: journal,
    actions: ['s3:GetObject'],
    keys: ['bodies/*'],
    because: 'each commit has a body of its own, whose key holds the network, the version and a random token',
  });
  settler.allowObjects({
    bucket: journal,
    actions: ['s3:PutObject'],
    keys: ['redriven/*'],
    because: 'what was put back is marked by shard and sequence number, or by source and line',
  });
  settler.allowObjects({
    bucket: output,
    actions: ['s3:PutObject'],
    keys: ['flagged/*', 'rejected/*', 'reports/*'],
    because: 'each commit that has something to tell puts an object of its own, named by network and version or log',
  });
}
