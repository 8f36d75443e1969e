import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { befriend, buys } from '../../cloud/sample-events.ts';
import { uploadEvent } from '../../cloud/upload-event.ts';
import { coldStart, metricsIn } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const EVENT = uploadEvent({ key: 'my-shop/batch_log.json', sequencer: '0055', at: 1_500_000_000_000, etag: 'e' });
const REPORT = 'output-bucket/reports/network=my-shop/my-shop-batch_log.json-0055.json';
const LOG = ['{"D":1, "T":2}', befriend('customer-1', 'customer-2'), buys('customer-1', '31.41'), 'broken'].join('\n');

test('a dropped batch log is loaded and reported', async () => {
  const services = new MockedServices();
  services.putObject('input-bucket', 'my-shop/batch_log.json', { body: LOG });
  const { invoke, output } = await coldStart('batch-log');
  expect(await invoke(EVENT)).toBeUndefined();
  expect(JSON.parse(services.objects[REPORT]!)).toMatchObject({ outcome: 'loaded', events: 2, users: 2, rejected: 1 });
  expect(services.tables).toEqual(new Set(['state-table']));
  expect(metricsIn(output)).toEqual({ 'Flagstone.Loads': { Unit: 'Count', value: 1 } });
  expect(output.join('\n')).toContain('"outcome":"loaded"');
  expect(output.join('\n')).not.toMatch(/customer|31\.41|broken/);
});

test('a log that cannot be loaded is counted', async () => {
  const services = new MockedServices();
  services.putObject('input-bucket', 'my-shop/batch_log.json', { body: buys('customer-1', '31.41') });
  const { invoke, output } = await coldStart('batch-log');
  await invoke(EVENT);
  expect(JSON.parse(services.objects[REPORT]!)).toMatchObject({ outcome: 'failed' });
  expect(metricsIn(output)).toEqual({ 'Flagstone.LoadsFailed': { Unit: 'Count', value: 1 } });
});

test('what may go well the next time fails the invocation, so that it is tried again', async () => {
  const services = new MockedServices();
  services.dynamo.on(GetItemCommand).rejects(new TryLaterError('the table is on fire'));
  const { invoke } = await coldStart('batch-log');
  await expect(invoke(EVENT)).rejects.toThrow('the table is on fire');
});

test('the cold start fails without the input bucket, and names it', async () => {
  await expect(coldStart('batch-log', { without: 'INPUT_BUCKET' })).rejects.toThrow(
    'the environment variable INPUT_BUCKET is missing',
  );
});
