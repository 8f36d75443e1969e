import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { askForStatus, wishToStop } from '../../lib/local/control-client.ts';
import { readRunFile } from '../../lib/local/run-file.ts';
import { tinyStack } from './deploy/tiny-stack.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyRun, type TinyRun } from './tiny-run.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

async function keysOf(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const { Contents: contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return contents.map(({ Key: key = '' }) => key);
}

async function textOf(s3: S3Client, bucket: string, key: string): Promise<string> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return body!.transformToString();
}

function drop({ clients }: TinyRun, key: string): Promise<unknown> {
  return clients.s3.send(new PutObjectCommand({ Bucket: 'flagstone-input', Key: key, Body: 'some text' }));
}

function put({ clients }: TinyRun, partitionKey: string, text: string): Promise<unknown> {
  const data = new TextEncoder().encode(text);
  return clients.kinesis.send(
    new PutRecordCommand({ StreamName: 'flagstone-event', PartitionKey: partitionKey, Data: data }),
  );
}

async function invoke({ run }: TinyRun, payload: unknown, type = 'RequestResponse'): Promise<Response> {
  const url = `${run.file.endpoints.lambda}/2015-03-31/functions/flagstone-worker/invocations`;
  return fetch(url, { method: 'POST', headers: { 'x-amz-invocation-type': type }, body: JSON.stringify(payload) });
}

test('what the template describes is there', async () => {
  const data = await temporaryFolder();
  const { run, clients } = await tinyRun(data);
  expect(await readRunFile(data)).toEqual(run.file);
  expect(run.file.resources).toMatchObject({ inputBucket: 'flagstone-input', stream: 'flagstone-event' });
  const { Table: table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName: 'flagstone-state' }));
  expect(table?.KeySchema).toEqual([{ AttributeName: 'pk', KeyType: 'HASH' }]);
  const command = new DescribeStreamSummaryCommand({ StreamName: 'flagstone-event' });
  const { StreamDescriptionSummary: stream } = await clients.kinesis.send(command);
  expect(stream).toMatchObject({ OpenShardCount: 2, RetentionPeriodHours: 48 });
});

test('all triggers call the function', async () => {
  const tiny = await tinyRun(await temporaryFolder());
  const { s3 } = tiny.clients;
  await drop(tiny, 'self 1.txt');
  await drop(tiny, 'other.json');
  for (const key of ['a', 'b', 'c']) for (const text of ['1', '2']) await put(tiny, key, key + text);

  await vi.waitFor(async () => expect(await keysOf(s3, 'flagstone-output', 'records/')).toHaveLength(6), PATIENCE);
  await vi.waitFor(async () => expect(await keysOf(s3, 'flagstone-output', 'greetings/')).toHaveLength(1), PATIENCE);
  const [greeting = ''] = await keysOf(s3, 'flagstone-output', 'greetings/');
  expect(await textOf(s3, 'flagstone-output', greeting)).toBe('hello from self 1.txt');
  await vi.waitFor(
    async () => expect(await keysOf(s3, 'flagstone-output', 'seen/')).toEqual(['seen/self 1.txt']),
    PATIENCE,
  );
  expect(JSON.parse(await textOf(s3, 'flagstone-output', 'seen/self 1.txt'))).toMatchObject({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'flagstone-input' }, object: { key: 'self 1.txt', size: 9 }, reason: 'PutObject' },
  });
  const first = await keysOf(s3, 'flagstone-output', 'records/a/');
  expect(await Promise.all(first.map((key) => textOf(s3, 'flagstone-output', key)))).toEqual(['a1', 'a2']);
});

test('a function is invoked as by any SDK', async () => {
  const tiny = await tinyRun(await temporaryFolder());
  const answer = await invoke(tiny, { echo: 'ü' });
  expect([answer.status, await answer.json()]).toEqual([200, { batchItemFailures: [], echo: 'ü' }]);
  const failure = await invoke(tiny, { detail: { object: { key: 'bad' } } });
  expect(failure.headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(await failure.json()).toMatchObject({ errorType: 'Error', errorMessage: 'I do not like bad' });
  expect((await invoke(tiny, {}, 'Event')).status).toBe(202);
  const nobody = await fetch(`${tiny.run.file.endpoints.lambda}/2015-03-31/functions/nobody/invocations`, {
    method: 'POST',
  });
  expect([nobody.status, nobody.headers.get('x-amzn-errortype')]).toEqual([404, 'ResourceNotFoundException']);
});

test('web pages are not answered', async () => {
  const tiny = await tinyRun(await temporaryFolder());
  const headers = { origin: 'https://example.org' };
  expect((await fetch(`${tiny.run.file.endpoints.lambda}/stop`, { method: 'POST', headers })).status).toBe(403);
  expect(tiny.stopWishes()).toBe(0);
});

test('an event that the function fails on is kept in the journal, and the status tells', async () => {
  const tiny = await tinyRun(await temporaryFolder());
  const lambda = tiny.run.file.endpoints.lambda!;
  expect(await askForStatus(lambda)).toMatchObject({ healthy: true });
  await drop(tiny, 'bad.txt');
  const journal = async (): Promise<string[]> => keysOf(tiny.clients.s3, 'flagstone-journal', 'aws/lambda/async/');
  await vi.waitFor(async () => expect(await journal()).toHaveLength(1), PATIENCE);
  const [key = ''] = await journal();
  expect(JSON.parse(await textOf(tiny.clients.s3, 'flagstone-journal', key))).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    requestPayload: { detail: { object: { key: 'bad.txt' } } },
    responsePayload: { errorMessage: 'I do not like bad.txt' },
  });
  const { healthy, components, lag } = await askForStatus(lambda);
  expect(healthy).toBe(false);
  expect(components).toContainEqual({
    name: 'flagstone-worker',
    healthy: false,
    detail: 'the last call failed: Error: I do not like bad.txt',
  });
  expect(lag).toEqual({ 'flagstone-worker': { records: 0, milliseconds: 0 } });
});

test('the next run goes on where this one stopped, and does nothing twice', async () => {
  const data = await temporaryFolder();
  const first = await tinyRun(data);
  await put(first, 'a', 'a1');
  const records = async ({ clients }: TinyRun) => keysOf(clients.s3, 'flagstone-output', 'records/');
  await vi.waitFor(async () => expect(await records(first)).toHaveLength(1), PATIENCE);
  await first.run.stop();
  expect(await readRunFile(data)).toBeUndefined();

  const template = tinyStack({
    resources: {
      ExtraBucket: { Type: 'AWS::S3::Bucket' },
      EventStream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 3, RetentionPeriodHours: 48 } },
    },
  });
  const second = await tinyRun(data, { template });
  expect(second.run.unchanged).toEqual([
    expect.stringMatching(/^the stream flagstone-event is now described otherwise/),
  ]);
  expect(await keysOf(second.clients.s3, 'flagstone-extra', '')).toEqual([]);
  await put(second, 'b', 'b1');
  await vi.waitFor(async () => expect(await records(second)).toHaveLength(2), PATIENCE);
  const { components } = await askForStatus(second.run.file.endpoints.lambda!);
  expect(components.find(({ name }) => name === 'flagstone-worker')?.detail).toMatch(/^called 1 times/);
});

test('a second run on the folder is refused', async () => {
  const data = await temporaryFolder();
  await tinyRun(data);
  await expect(tinyRun(data)).rejects.toThrow(/already at work on/);
});

test('a run that cannot start leaves nothing behind', async () => {
  const data = await temporaryFolder();
  const template = tinyStack({ resources: { Queue: { Type: 'AWS::SQS::Queue' } } });
  await expect(tinyRun(data, { template })).rejects.toThrow(/of type AWS::SQS::Queue/);
  const { port, close } = await takenPort();
  const ports = { front: 0, s3: 0, dynamodb: 0, kinesis: 0, lambda: port };
  await expect(tinyRun(data, { ports })).rejects.toThrow(`Lambda cannot listen on port ${port}`);
  close();
  await tinyRun(data, { ports });
});

test('the wish to stop is heard', async () => {
  const tiny = await tinyRun(await temporaryFolder());
  await wishToStop(tiny.run.file.endpoints.lambda!);
  expect(tiny.stopWishes()).toBe(1);
});

async function takenPort(): Promise<{ port: number; close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => void server.close();
  onTestFinished(close);
  return { port: (server.address() as AddressInfo).port, close };
}
