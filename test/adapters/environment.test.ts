import { expect, test } from 'vitest';
import { readSettings } from '../../lib/adapters/environment.ts';

const ENVIRONMENT = {
  STATE_TABLE: 'state',
  INPUT_BUCKET: 'input',
  OUTPUT_BUCKET: 'output',
  JOURNAL_BUCKET: 'journal',
  STREAM_NAME: 'events',
  DEFAULT_DEGREES: '2',
  DEFAULT_TRACKED: '50',
  KEPT_PURCHASES: '',
  FLUSH_EVERY: '4',
  HISTORY_DAYS: '30',
  STREAM_RETENTION_HOURS: '24',
};

test('settings are read from the environment', () => {
  expect(readSettings({ ...ENVIRONMENT, KEPT_PURCHASES: '200' })).toEqual({
    stateTable: 'state',
    inputBucket: 'input',
    outputBucket: 'output',
    journalBucket: 'journal',
    streamName: 'events',
    defaults: { degrees: 2, tracked: 50 },
    keptPurchases: 200,
    flushEvery: 4,
    historyMs: 30 * 24 * 60 * 60 * 1000,
    retentionMs: 24 * 60 * 60 * 1000,
  });
});

test('as many purchases are kept as are tracked, unless the setting says more', () => {
  expect(readSettings(ENVIRONMENT).keptPurchases).toBe(0);
});

test.each(Object.keys(ENVIRONMENT))('%s is named where it is missing', (name) => {
  const { [name as keyof typeof ENVIRONMENT]: _missing, ...rest } = ENVIRONMENT;
  expect(() => readSettings(rest)).toThrow(new Error(`the environment variable ${name} is missing`));
});

test.each([
  ['DEFAULT_DEGREES', '0'],
  ['DEFAULT_TRACKED', '1'],
  ['KEPT_PURCHASES', '1'],
  ['FLUSH_EVERY', '0'],
  ['FLUSH_EVERY', 'often'],
  ['HISTORY_DAYS', '1.5'],
  ['STREAM_RETENTION_HOURS', '23'],
])('%s is named where it is %s', (name, value) => {
  expect(() => readSettings({ ...ENVIRONMENT, [name]: value })).toThrow(new RegExp(`${name}.*given "?${value}"?`));
});
