import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { kinesisEvent } from '../../cloud/sample-events.ts';
import { transactionText } from '../../core/transactions-cloud/sample-transactions.ts';
import { coldStart, metricsIn } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const LINES = [
  transactionText('id-1', { user_id: 'customer-1', amount: '31.41' }),
  transactionText('id-2', { user_id: 'customer-2', amount: '31.42' }),
  transactionText('id-1', { user_id: 'customer-1', amount: '31.41' }),
  transactionText('id-3', { user_id: 'customer-1', amount: '-27182.81' }),
  'broken',
  '{"event_type":"befriend"}',
];

test('a batch of the stream is judged, and what it brought is counted', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('transactions');
  expect(await invoke(kinesisEvent([{ sequenceNumber: 1, lines: LINES }]))).toEqual({ batchItemFailures: [] });
  expect(Object.keys(services.objects)).toEqual([
    expect.stringMatching(/^output-bucket\/rejected\/transactions\/date=2026-01-01\/.*-1\.json$/),
  ]);
  expect(services.tables).toEqual(new Set(['profile-table', 'transaction-table', 'state-table']));
  expect(metricsIn(output)).toMatchObject({
    'Flagstone.Transactions': { Unit: 'Count', value: 2 },
    'Flagstone.Duplicates': { Unit: 'Count', value: 1 },
    'Flagstone.Rejected': { Unit: 'Count', value: 1 },
    'Flagstone.UsersRead': { Unit: 'Count', value: 2 },
    'Flagstone.Lag': { Unit: 'Milliseconds', value: expect.any(Number) as number },
  });
});

test('a batch that holds nothing of its own asks nothing of anybody', async () => {
  const services = new MockedServices();
  const { invoke } = await coldStart('transactions');
  expect(await invoke(kinesisEvent([{ sequenceNumber: 1, lines: LINES.slice(4) }]))).toEqual({ batchItemFailures: [] });
  expect(services.s3.calls()).toEqual([]);
  expect(services.tables).toEqual(new Set());
});

test('what cannot be committed is to come again from its first record, and the log says why', async () => {
  const services = new MockedServices();
  services.dynamo.on(PutItemCommand).rejects(new TryLaterError('the table is on fire'));
  const { invoke, output } = await coldStart('transactions');
  const records = [
    { sequenceNumber: 1, lines: ['broken'] },
    { sequenceNumber: 2, lines: LINES },
  ];
  expect(await invoke(kinesisEvent(records))).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  const logged = output.map((line) => JSON.parse(line) as object).find((line) => 'error' in line);
  expect(logged).toMatchObject({
    message: 'not applied; the batch will come again',
    error: { message: 'the table is on fire' },
  });
  expect(output.join('\n')).not.toMatch(/customer|31\.4|27182|broken|id-1/);
});

test('a model that cannot be looked for keeps the batch waiting at a cold start', async () => {
  const services = new MockedServices();
  const { invoke } = await coldStart('transactions');
  services.putObject('journal-bucket', 'models/current.json', { body: '{' });
  expect(await invoke(kinesisEvent([{ sequenceNumber: 5, lines: LINES }]))).toEqual({
    batchItemFailures: [{ itemIdentifier: '5' }],
  });
});

test('a model that is damaged is told, and habits decide alone', async () => {
  const services = new MockedServices();
  const model = { version: 'v1', key: 'models/v1.bin', sha256: 'x', format: 1 };
  services.putObject('journal-bucket', 'models/current.json', { body: JSON.stringify({ format: 1, models: [model] }) });
  services.putObject('journal-bucket', 'models/v1.bin', { body: 'damaged' });
  const { invoke, output } = await coldStart('transactions');
  expect(await invoke(kinesisEvent([{ sequenceNumber: 1, lines: LINES }]))).toEqual({ batchItemFailures: [] });
  expect(metricsIn(output)).toMatchObject({
    'Flagstone.ModelsRefused': { value: 1 },
    'Flagstone.Transactions': { value: 2 },
  });
});

test.each(['TRANSACTION_TABLE', 'PROFILE_TABLE', 'TRANSACTION_DETECTOR', 'TRANSACTION_DAYS'] as const)(
  'the cold start fails without %s, and names it',
  async (without) => {
    await expect(coldStart('transactions', { without })).rejects.toThrow(
      `the environment variable ${without} is missing`,
    );
  },
);
