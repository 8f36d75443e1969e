import type { Resources } from '../../lib/local/run-file.ts';

/** What the resources of a system may be called. */
export const SAMPLE_RESOURCES: Resources = {
  inputBucket: 'input',
  outputBucket: 'output',
  journalBucket: 'journal',
  stateTable: 'state',
  transactionTable: 'transactions',
  profileTable: 'profiles',
  trainFunction: 'train',
  eraseFunction: 'erase',
  stream: 'events',
};
