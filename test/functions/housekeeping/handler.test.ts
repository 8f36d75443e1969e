import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { buys, kinesisEvent } from '../../cloud/sample-events.ts';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const SCHEDULED = { 'detail-type': 'Scheduled Event', source: 'aws.scheduler', detail: {} };

test('every network is looked after', async () => {
  const services = new MockedServices();
  const { invoke: stream } = await coldStart('live-events');
  await stream(kinesisEvent([{ sequenceNumber: 1, lines: [buys('customer-1', '31.41'), buys('a', '1', 'shop')] }]));
  const { invoke, output } = await coldStart('housekeeping');
  expect(await invoke(SCHEDULED)).toBeUndefined();
  const listed = services.s3.commandCalls(ListObjectsV2Command).map(({ args: [{ input }] }) => input);
  expect(listed.map(({ Bucket, Prefix }) => `${Bucket}/${Prefix}`).toSorted()).toEqual([
    'journal-bucket/bodies/network=default/',
    'journal-bucket/bodies/network=shop/',
  ]);
  expect(output.join('\n')).not.toMatch(/customer|31\.41/);
});

test('a network that cannot be looked after is named in the log, and fails the invocation', async () => {
  const services = new MockedServices();
  const { invoke: stream } = await coldStart('live-events');
  await stream(kinesisEvent([{ sequenceNumber: 1, lines: [buys('customer-1', '31.41')] }]));
  services.dynamo.on(GetItemCommand).rejects(new Error('the table is on fire'));
  services.dynamo.on(PutItemCommand).rejects(new Error('the table is on fire'));
  const { invoke, output } = await coldStart('housekeeping');
  await expect(invoke(SCHEDULED)).rejects.toThrow('1 networks could not be looked after');
  expect(output.map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({ level: 'ERROR', message: 'not looked after', network: 'default' }),
  );
});

test('the cold start fails without the history, and names it', async () => {
  await expect(coldStart('housekeeping', { without: 'HISTORY_DAYS' })).rejects.toThrow(
    'the environment variable HISTORY_DAYS is missing',
  );
});
