import { expect, test } from 'vitest';
import { ShardReader } from '../../../../lib/local/lambda/kinesis/shard-reader.ts';
import { FakeStream, record, records } from './fake-stream.ts';

function readerOf(stream: FakeStream, after?: string): ShardReader {
  return new ShardReader({ source: stream, shardId: 's', after });
}

function numbers(batch: readonly { sequenceNumber: string }[]): string {
  return batch.map(({ sequenceNumber }) => sequenceNumber).join(' ');
}

test('it hands out what it has read, in batches', async () => {
  const stream = new FakeStream();
  stream.add('s', records(1, 5));
  const reader = readerOf(stream);
  await reader.read();
  expect(reader.isBatchReady(2)).toBe(true);
  expect([2, 2, 2, 2].map((size) => numbers(reader.takeBatch(size)))).toEqual(['1 2', '3 4', '5', '']);
  expect(reader.isExhausted).toBe(false);
});

test('it begins after the record that was done last', async () => {
  const stream = new FakeStream();
  stream.add('s', records(1, 5));
  const reader = readerOf(stream, '3');
  await reader.read();
  expect(numbers(reader.takeBatch(10))).toBe('4 5');
});

test('an expired iterator costs nothing and doubles nothing', async () => {
  const stream = new FakeStream();
  const shard = stream.add('s', records(1, 2));
  const reader = readerOf(stream);
  await reader.read();
  stream.expiries = 2;
  shard.records.push(record(3));
  await reader.read();
  expect(numbers(reader.takeBatch(10))).toBe('1 2 3');
});

test('a batch is never larger than what a function can be called with, 6 MB', async () => {
  const stream = new FakeStream();
  const data = new Uint8Array(1024 * 1024);
  stream.add(
    's',
    [1, 2, 3, 4, 5, 6].map((number) => record(number, { data })),
  );
  const reader = readerOf(stream);
  await reader.read();
  expect(reader.isBatchReady(100)).toBe(true);
  expect(numbers(reader.takeBatch(100))).toBe('1 2 3 4');
  expect(numbers(reader.takeBatch(100))).toBe('5 6');
});

test('a closed shard is exhausted when all of it has been handed out', async () => {
  const stream = new FakeStream();
  stream.add('s', records(1, 2)).isClosed = true;
  const reader = readerOf(stream);
  await reader.read();
  expect([reader.isBatchReady(100), reader.isExhausted]).toEqual([true, false]);
  reader.takeBatch(100);
  expect(reader.isExhausted).toBe(true);
  await reader.read();
  expect(reader.buffered).toBe(0);
});
