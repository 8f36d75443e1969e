import type { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import type { Resources } from './resources.ts';

/** Lets a function read and change networks: their state, the bodies of their commits, and what these flag and reject. */
export function allowCommits(committer: FlagstoneFunction, { table, journal, output }: Resources): void {
  committer.allow(
    ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'].map((action) => `dynamodb:${action}`),
    table.tableArn,
  );
  committer.allowObjects({
    bucket: journal,
    actions: ['s3:GetObject', 's3:PutObject'],
    keys: ['bodies/*'],
    because: 'each commit has a body of its own, whose key holds the network, the version and a random token',
  });
  committer.allowObjects({
    bucket: output,
    actions: ['s3:PutObject'],
    keys: ['flagged/*', 'rejected/*'],
    because: 'each commit that flags or rejects something puts an object of its own, named by network and version',
  });
}
