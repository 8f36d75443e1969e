import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { befriend, buys } from '../../cloud/sample-events.ts';
import { uploadEvent } from '../../cloud/upload-event.ts';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const EVENT = uploadEvent({ key: 'stream_log.json', sequencer: '0055', at: 1_500_000_000_000, etag: 'e' });
const LOG = [befriend('customer-1', 'customer-2'), buys('customer-1', '31.41')].join('\n');

test('a dropped stream log is put on the stream and reported', async () => {
  const services = new MockedServices();
  services.putObject('input-bucket', 'stream_log.json', { body: LOG });
  const { invoke, output } = await coldStart('stream-log');
  expect(await invoke(EVENT)).toBeUndefined();

  const [call] = services.kinesis.commandCalls(PutRecordCommand);
  const { Data, ...input } = call!.args[0].input;
  expect(input).toMatchObject({ StreamName: 'event-stream', PartitionKey: 'default' });
  expect(Buffer.from(Data!).toString()).toBe(
    `{"network":"default","source":"stream_log.json@0055","offset":0,"dropped":1500000000000}\n${LOG}`,
  );
  expect(Object.keys(services.objects)).toContain('output-bucket/reports/network=default/stream_log.json-0055.json');
  expect(services.lambda.calls()).toEqual([]);
  expect(output.join('\n')).toContain('"outcome":"put"');
  expect(output.join('\n')).not.toMatch(/customer|31\.41/);
});

test('what cannot be finished in time goes on in another invocation, with the same event', async () => {
  const services = new MockedServices();
  services.putObject('input-bucket', 'stream_log.json', { body: LOG });
  services.putObject('input-bucket', 'batch_log.json', { body: 'not yet loaded' });
  const recently = new Date(Date.now() - 60_000);
  services.putObject('input-bucket', 'stream_log.json', { body: LOG, lastModified: recently });
  const { invoke } = await coldStart('stream-log', { remainingMs: 29_000 });
  await invoke(EVENT);
  const calls = services.lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => input);
  expect(calls).toEqual([{ FunctionName: 'stream-log', InvocationType: 'Event', Payload: JSON.stringify(EVENT) }]);
  expect(services.kinesis.calls()).toEqual([]);
});

test('what may go well the next time fails the invocation, so that it is tried again', async () => {
  const services = new MockedServices();
  services.putObject('input-bucket', 'stream_log.json', { body: LOG });
  services.kinesis.on(PutRecordCommand).rejects(new TryLaterError('the stream is on fire'));
  const { invoke } = await coldStart('stream-log');
  await expect(invoke(EVENT)).rejects.toThrow('the stream is on fire');
});

test('the cold start fails without the stream, and names it', async () => {
  await expect(coldStart('stream-log', { without: 'STREAM_NAME' })).rejects.toThrow(
    'the environment variable STREAM_NAME is missing',
  );
});
