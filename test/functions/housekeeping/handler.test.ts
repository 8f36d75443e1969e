import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { buys, kinesisEvent } from '../../cloud/sample-events.ts';
import { coldStart, metricsIn } from '../deployed-function.ts';
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
    'journal-bucket/aws/lambda/',
    'journal-bucket/bodies/network=default/',
    'journal-bucket/bodies/network=shop/',
  ]);
  expect(metricsIn(output)).toEqual({});
  expect(output.join('\n')).not.toMatch(/customer|31\.41/);
});

test('what functions gave up on is counted, also where networks cannot be looked after', async () => {
  const services = new MockedServices();
  const kept = ['aws/lambda/mapping/shard/1', 'aws/lambda/async/batch-log/2'];
  const contents = kept.map((Key) => ({ Key, Size: 2, LastModified: new Date(0) }));
  services.s3
    .on(ListObjectsV2Command, { Bucket: 'journal-bucket', Prefix: 'aws/lambda/' })
    .resolves({ Contents: contents });
  const { invoke: stream } = await coldStart('live-events');
  await stream(kinesisEvent([{ sequenceNumber: 1, lines: [buys('customer-1', '31.41')] }]));
  services.dynamo.on(GetItemCommand).rejects(new Error('the table is on fire'));
  const { invoke, output } = await coldStart('housekeeping');
  await expect(invoke(SCHEDULED)).rejects.toThrow('1 networks could not be looked after');
  expect(metricsIn(output)).toEqual({ 'Flagstone.FailuresKept': { Unit: 'Count', value: 2 } });
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
