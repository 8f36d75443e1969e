import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { befriend, buys, kinesisEvent, SHARD } from '../../cloud/sample-events.ts';
import { coldStart, ENVIRONMENT, metricsIn } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const LINES = [
  befriend('customer-1', 'customer-2'),
  buys('customer-2', '31.41'),
  buys('customer-2', '31.42'),
  buys('customer-1', '27182.81'),
  'broken',
];

test('a batch of the stream is applied, and what it brought is counted', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('live-events');
  expect(await invoke(kinesisEvent([{ sequenceNumber: 1, lines: LINES }]))).toEqual({ batchItemFailures: [] });

  const keys = Object.keys(services.objects).map((name) => name.replace(/-.{8}\.json$/, '-TOKEN.json'));
  expect(keys.toSorted()).toEqual([
    'journal-bucket/bodies/network=default/000000000001-TOKEN.json',
    'output-bucket/flagged/network=default/load=000000/000000000001.json',
    'output-bucket/rejected/network=default/000000000001.json',
  ]);
  expect(services.tables).toEqual(new Set(['state-table']));
  expect(metricsIn(output)).toMatchObject({
    'Flagstone.Events': { Unit: 'Count', value: 4 },
    'Flagstone.Flagged': { Unit: 'Count', value: 1 },
    'Flagstone.Rejected': { Unit: 'Count', value: 1 },
    'Flagstone.Commits': { Unit: 'Count', value: 1 },
    'Flagstone.UsersRead': { Unit: 'Count', value: 2 },
    'Flagstone.Lag': { Unit: 'Milliseconds', value: expect.any(Number) as number },
  });
  const batch = { shard: SHARD, first: '1', last: '1', records: 1 };
  const flags = 'flagged/network=default/load=000000/000000000001.json';
  expect(output.map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({
      message: 'applied',
      function_request_id: '8f507cfc-xmpl-4697-b07a-ac58fc914c95',
      batch: expect.objectContaining(batch) as object,
      network: 'default',
      commit: 1,
      flags,
    }),
  );
  const body = JSON.parse(services.objects[Object.keys(services.objects).find((name) => name.includes('/bodies/'))!]!);
  expect(body).toMatchObject({ request: '8f507cfc-xmpl-4697-b07a-ac58fc914c95', covers: [{ shard: SHARD }] });
});

test('the second batch finds what the first one left in memory', async () => {
  const services = new MockedServices();
  const { invoke } = await coldStart('live-events');
  await invoke(kinesisEvent([{ sequenceNumber: 1, lines: LINES.slice(0, 3) }]));
  await invoke(kinesisEvent([{ sequenceNumber: 2, lines: LINES.slice(3) }]));
  expect(services.objects['output-bucket/flagged/network=default/load=000000/000000000002.json']).toContain('27182.81');
});

test('a batch that cannot be applied is to come again, and the log says why', async () => {
  const services = new MockedServices();
  services.dynamo.on(PutItemCommand).rejects(new TryLaterError('the table is on fire'));
  const { invoke, output } = await coldStart('live-events');
  const records = [
    { sequenceNumber: 1, lines: [''] },
    { sequenceNumber: 2, lines: LINES },
  ];
  expect(await invoke(kinesisEvent(records))).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  expect(metricsIn(output)).toEqual({ 'Flagstone.FailedBatches': { Unit: 'Count', value: 1 } });
  const logged = output.map((line) => JSON.parse(line) as object).find((line) => 'error' in line);
  expect(logged).toMatchObject({
    level: 'ERROR',
    message: 'not applied; the batch will come again',
    network: 'default',
    error: { message: 'the table is on fire' },
  });
});

test('neither users nor amounts get into the log, whether it goes well or not', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('live-events');
  await invoke(kinesisEvent([{ sequenceNumber: 1, lines: LINES }]));
  services.dynamo.on(PutItemCommand).rejects(new Error('the table is on fire'));
  await invoke(kinesisEvent([{ sequenceNumber: 2, lines: LINES }]));
  expect(output.length).toBeGreaterThan(2);
  expect(output.join('\n')).not.toMatch(/customer|31\.4|27182|broken/);
});

test.each(['STATE_TABLE', 'JOURNAL_BUCKET', 'FLUSH_EVERY'] as const)(
  'the cold start fails without %s, and names it',
  async (without) => {
    expect(ENVIRONMENT).toHaveProperty(without);
    await expect(coldStart('live-events', { without })).rejects.toThrow(
      `the environment variable ${without} is missing`,
    );
  },
);
