import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { KinesisEventStream } from '../../../lib/adapters/stream/kinesis-event-stream.ts';

const kinesis = mockClient(KinesisClient);
const pauses: number[] = [];

function stream(): KinesisEventStream {
  return new KinesisEventStream({
    client: new KinesisClient({}),
    streamName: 'events',
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  });
}

function failure(name: string): Error {
  return Object.assign(new Error('no'), { name });
}

function putInputs(): unknown[] {
  return kinesis.commandCalls(PutRecordCommand).map(({ args: [command] }) => command.input);
}

describe('the stream on Kinesis', () => {
  beforeEach(() => {
    kinesis.reset();
    pauses.length = 0;
  });

  test('puts records and asks for the order of those with one key', async () => {
    kinesis
      .on(PutRecordCommand)
      .resolvesOnce({ SequenceNumber: '7', ShardId: 's' })
      .resolvesOnce({ SequenceNumber: '3', ShardId: 't' })
      .resolvesOnce({ SequenceNumber: '9', ShardId: 's' });
    const events = stream();
    const data = Buffer.from('{}');
    for (const partitionKey of ['shop', 'club', 'shop']) await events.put({ partitionKey, data });

    expect(putInputs()).toEqual([
      { StreamName: 'events', PartitionKey: 'shop', Data: data, SequenceNumberForOrdering: undefined },
      { StreamName: 'events', PartitionKey: 'club', Data: data, SequenceNumberForOrdering: undefined },
      { StreamName: 'events', PartitionKey: 'shop', Data: data, SequenceNumberForOrdering: '7' },
    ]);
  });

  test('waits longer and longer while it is throttled', async () => {
    kinesis
      .on(PutRecordCommand)
      .rejectsOnce(failure('ProvisionedThroughputExceededException'))
      .rejectsOnce(failure('KMSThrottlingException'))
      .resolves({ SequenceNumber: '1', ShardId: 's' });
    await stream().put({ partitionKey: 'shop', data: Buffer.from('{}') });

    expect(putInputs()).toHaveLength(3);
    expect(pauses).toEqual([200, 400]);
  });

  test('gives up when the throttling does not end', async () => {
    kinesis.on(PutRecordCommand).rejects(failure('ProvisionedThroughputExceededException'));
    await expect(stream().put({ partitionKey: 'shop', data: Buffer.from('{}') })).rejects.toThrow('no');
    expect(pauses).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000]);
  });

  test('leaves other errors to the caller, who may have put the record for all it knows', async () => {
    kinesis.on(PutRecordCommand).rejects(failure('TimeoutError'));
    await expect(stream().put({ partitionKey: 'shop', data: Buffer.from('{}') })).rejects.toThrow('no');
    expect(putInputs()).toHaveLength(1);
  });
});
