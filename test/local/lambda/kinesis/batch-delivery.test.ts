import { expect, test } from 'vitest';
import type { MappingDefinition } from '../../../../lib/local/deploy/definitions.ts';
import type { FailureRecord } from '../../../../lib/local/lambda/failure-store.ts';
import type { InvocationResult } from '../../../../lib/local/lambda/invocation.ts';
import { BatchDelivery } from '../../../../lib/local/lambda/kinesis/batch-delivery.ts';
import type { ShardRecord } from '../../../../lib/local/lambda/kinesis/kinesis-event.ts';
import { FakeClock } from '../../fake-clock.ts';
import { A_MAPPING } from './a-mapping.ts';
import { record, records } from './fake-stream.ts';

const DONE: InvocationResult = { outcome: 'succeeded', payload: '{"batchItemFailures":[]}' };
const FAILED: InvocationResult = { outcome: 'failed', error: { errorType: 'Error', errorMessage: 'no' } };
const HOUR_MS = 3_600_000;

function failedAt(sequenceNumber: number): InvocationResult {
  return {
    outcome: 'succeeded',
    payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: `${sequenceNumber}` }] }),
  };
}

const splitAtThree: Answer = (numbers) => (numbers.includes('3') && numbers.length > 1 ? FAILED : DONE);
const neverThree: Answer = (numbers) => (numbers.includes('3') ? FAILED : DONE);
const refusedAtFirst: Answer = (_, call) => (call < 5 ? { outcome: 'throttled' } : DONE);

type Answer = (sequenceNumbers: readonly string[], call: number) => InvocationResult;

async function deliver(batch: readonly ShardRecord[], answer: Answer, changes: Partial<MappingDefinition> = {}) {
  const calls: string[] = [];
  const checkpoints: string[] = [];
  const kept: FailureRecord[] = [];
  const clock = new FakeClock();
  const stop = new AbortController();
  const delivery = new BatchDelivery({
    mapping: { ...A_MAPPING, ...changes },
    shard: { streamName: 'events', shardId: 'shard-0' },
    retentionMilliseconds: 24 * HOUR_MS,
    invoke: async ({ payload }) => {
      const { Records } = JSON.parse(payload) as { Records: { kinesis: { sequenceNumber: string } }[] };
      const numbers = Records.map(({ kinesis }) => kinesis.sequenceNumber);
      calls.push(numbers.join(' '));
      if (calls.length === 50) stop.abort();
      return answer(numbers, calls.length);
    },
    failures: { keep: async (_, failure) => void kept.push(failure) },
    checkpoint: async (sequenceNumber) => void checkpoints.push(sequenceNumber),
    clock,
    stopped: stop.signal,
    tell: () => undefined,
  });
  await delivery.deliver(batch);
  return { calls, checkpoints, kept, clock };
}

test('a batch that succeeds is done with at once', async () => {
  const { calls, checkpoints } = await deliver(records(1, 3), () => DONE);
  expect(calls).toEqual(['1 2 3']);
  expect(checkpoints).toEqual(['3']);
});

test('a batch that fails is delivered again, later and later, until it succeeds', async () => {
  const { calls, checkpoints, clock } = await deliver(records(1, 2), (_, call) => (call < 9 ? FAILED : DONE));
  expect(calls).toEqual(Array.from({ length: 9 }, () => '1 2'));
  expect(checkpoints).toEqual(['2']);
  expect(clock.sleeps).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
});

test('after a partial failure it goes on with the first failed record', async () => {
  const { calls, checkpoints } = await deliver(records(1, 4), (_, call) => [failedAt(3), failedAt(3), DONE][call - 1]!);
  expect(calls).toEqual(['1 2 3 4', '3 4', '3 4']);
  expect(checkpoints).toEqual(['2', '4']);
});

test('a batch that fails as a whole is split, if the mapping says so, and its halves keep their order', async () => {
  const { calls, checkpoints } = await deliver(records(1, 4), splitAtThree, { bisectsOnError: true });
  expect(calls).toEqual(['1 2 3 4', '1 2', '3 4', '3', '4']);
  expect(checkpoints).toEqual(['2', '3', '4']);
});

test('when the retries are used up, the records are kept elsewhere and the next ones follow', async () => {
  const settings = { bisectsOnError: true, maximumRetryAttempts: 1 };
  const { calls, checkpoints, kept } = await deliver(records(1, 4), neverThree, settings);
  expect(calls).toEqual(['1 2 3 4', '1 2', '3 4', '3', '3', '4']);
  expect(checkpoints).toEqual(['2', '3', '4']);
  const failure = JSON.parse(kept[0]!.body) as { payload: string };
  expect(kept[0]!.key).toMatch(/^aws\/lambda\/mapping\/shard-0\/2026\/01\/01\/2026-01-01T00\.00\.\d\d-[0-9a-f-]{36}$/);
  expect(failure).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
    KinesisBatchInfo: { shardId: 'shard-0', startSequenceNumber: '3', endSequenceNumber: '3', batchSize: 1 },
  });
  expect(JSON.parse(failure.payload)).toMatchObject({
    Records: [
      {
        eventID: 'shard-0:3',
        eventSource: 'aws:kinesis',
        eventSourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
        kinesis: {
          data: Buffer.from('data 3').toString('base64'),
          partitionKey: 'k',
          approximateArrivalTimestamp: Date.UTC(2026, 0, 1) / 1000,
        },
      },
    ],
  });
});

test('no retries at all', async () => {
  const { calls, kept } = await deliver(records(1, 2), () => FAILED, { maximumRetryAttempts: 0 });
  expect(calls).toEqual(['1 2']);
  expect(kept).toHaveLength(1);
});

test('being refused does not use up the retries', async () => {
  const { kept, checkpoints } = await deliver(records(1, 2), refusedAtFirst, { maximumRetryAttempts: 0 });
  expect(kept).toEqual([]);
  expect(checkpoints).toEqual(['2']);
});

test('records that are too old are kept elsewhere, undelivered', async () => {
  const old = Date.UTC(2026, 0, 1) - HOUR_MS;
  const batch = [record(1, { arrivedAt: old }), record(2, { arrivedAt: old }), record(3)];
  const { calls, checkpoints, kept } = await deliver(batch, () => DONE, { maximumRecordAgeSeconds: 60 });
  expect(calls).toEqual(['3']);
  expect(checkpoints).toEqual(['2', '3']);
  expect(JSON.parse(kept[0]!.body)).toMatchObject({
    requestContext: { condition: 'RecordAgeExceeded' },
    KinesisBatchInfo: { startSequenceNumber: '1', endSequenceNumber: '2' },
  });
});

test('records that fail until they expire are given up then', async () => {
  const { calls, kept } = await deliver(records(1, 1), () => FAILED, { maximumRecordAgeSeconds: 60 });
  expect(calls.length).toBeGreaterThan(5);
  expect(JSON.parse(kept[0]!.body)).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded' } });
});

test('where the run ends, what is not done is left for the next one', async () => {
  const { calls, checkpoints, kept } = await deliver(records(1, 2), () => FAILED);
  expect(calls).toHaveLength(50);
  expect([checkpoints, kept]).toEqual([[], []]);
});
