import { pathToFileURL } from 'node:url';

/** Prints how many milliseconds a function's bundle takes to be imported, as at a cold start. */

const SETTINGS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  STATE_TABLE: 'state',
  TRANSACTION_TABLE: 'transactions',
  PROFILE_TABLE: 'profiles',
  TRANSACTION_DETECTOR: 'enhanced',
  TRANSACTION_DAYS: '90',
  INPUT_BUCKET: 'input',
  OUTPUT_BUCKET: 'output',
  JOURNAL_BUCKET: 'journal',
  STREAM_NAME: 'events',
  DEFAULT_DEGREES: '2',
  DEFAULT_TRACKED: '50',
  KEPT_PURCHASES: '',
  FLUSH_EVERY: '24',
  HISTORY_DAYS: '30',
  STREAM_RETENTION_HOURS: '168',
  POWERTOOLS_DEV: 'true',
};

Object.assign(process.env, SETTINGS);
const [bundle = ''] = process.argv.slice(2);
const start = performance.now();
await import(pathToFileURL(bundle).href);
console.log(performance.now() - start);
process.exit();
