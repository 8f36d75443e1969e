import { createHash } from 'node:crypto';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  PutRecordCommand,
  PutRecordsCommand,
  type GetShardIteratorCommandInput,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import { describe, expect, test } from 'vitest';
import { runServices } from './running-services.ts';
import { StreamUser, textsOf } from './stream-user.ts';

await runServices();
const kinesis = new KinesisClient({});
const user = new StreamUser(kinesis);

describe('records', () => {
  test('come back in the order in which they were put, with rising sequence numbers', async () => {
    const StreamName = await user.newStream();
    const numbers = [];
    for (const text of ['a', 'b', 'c']) numbers.push(await user.put(StreamName, text, `key of ${text}`));
    const records = await user.readAll(StreamName);
    expect(textsOf(records)).toEqual(['a', 'b', 'c']);
    expect(records.map(({ SequenceNumber }) => SequenceNumber)).toEqual(numbers);
    expect(records.map(({ PartitionKey }) => PartitionKey)).toEqual(['key of a', 'key of b', 'key of c']);
    expect(numbers.map(BigInt)).toEqual(numbers.map(BigInt).toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(numbers).size).toBe(3);
    expect(Math.abs(records[0]!.ApproximateArrivalTimestamp!.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test('put 500 at a time go to the shard of their key, each key in order', async () => {
    const StreamName = await user.newStream(4);
    const Records = Array.from({ length: 500 }, (_, index) => ({
      PartitionKey: `key ${index % 17}`,
      Data: Buffer.from(`${index % 17}:${index}`),
    }));
    const put = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    expect(put.FailedRecordCount).toBe(0);
    for (const [index, { ShardId }] of put.Records!.entries()) {
      expect(ShardId).toBe(`shardId-00000000000${shardOf(Records[index]!.PartitionKey)}`);
    }
    const read = (
      await Promise.all(['0', '1', '2', '3'].map((id) => user.readAll(StreamName, `shardId-00000000000${id}`)))
    ).flat();
    const texts = textsOf(read);
    expect(texts).toHaveLength(500);
    for (let key = 0; key < 17; key += 1) {
      const ofKey = texts.filter((text) => text.startsWith(`${key}:`));
      expect(ofKey).toEqual(Records.map(({ Data }) => Data.toString()).filter((text) => text.startsWith(`${key}:`)));
    }
  });

  test('go to the shard of an explicit hash key', async () => {
    const StreamName = await user.newStream(2);
    const ExplicitHashKey = String(2n ** 128n - 1n);
    const record = { StreamName, PartitionKey: 'key', Data: Buffer.from('x') };
    expect(await kinesis.send(new PutRecordCommand({ ...record, ExplicitHashKey }))).toMatchObject({
      ShardId: 'shardId-000000000001',
    });
    const beyond = kinesis.send(new PutRecordCommand({ ...record, ExplicitHashKey: String(2n ** 128n) }));
    await expect(beyond).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  test('are read from any place', async () => {
    const StreamName = await user.newStream();
    const numbers = [];
    for (const text of ['a', 'b', 'c']) numbers.push(await user.put(StreamName, text));
    const latest = await user.iterator({ StreamName, ShardIteratorType: 'LATEST' });
    const from = async (where: Partial<GetShardIteratorCommandInput>) =>
      (await user.read(await user.iterator({ StreamName, ...where }))).texts;
    const StartingSequenceNumber = numbers[1]!;
    expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['b', 'c']);
    expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['c']);
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) })).toEqual(['a', 'b', 'c']);
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(Date.now() + 60_000) })).toEqual([]);
    const empty = await user.read(latest);
    expect(empty.texts).toEqual([]);
    await user.put(StreamName, 'd');
    expect((await user.read(latest)).texts).toEqual(['d']);
    expect((await user.read(empty.next)).texts).toEqual(['d']);
  });

  test('are read so many at a time, and tell how far behind the reader is', async () => {
    const StreamName = await user.newStream();
    for (const text of ['a', 'b', 'c']) await user.put(StreamName, text);
    const first = await user.read(await user.iterator({ StreamName }), 2);
    expect(first.texts).toEqual(['a', 'b']);
    expect(first.behind).toBeGreaterThan(0);
    const second = await user.read(first.next, 2);
    expect([second.texts, second.behind]).toEqual([['c'], 0]);
  });

  test('may have 1 MiB with their key, and are read 10 MiB at most at a time', async () => {
    const StreamName = await user.newStream();
    const Data = Buffer.alloc(1024 * 1024 - 3, 'x');
    const Records = Array.from({ length: 9 }, () => ({ PartitionKey: 'key', Data }));
    await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    const first = await user.read(await user.iterator({ StreamName }));
    const second = await user.read(first.next);
    expect(first.records.length).toBeLessThanOrEqual(10);
    expect(first.records.length + second.records.length).toBe(18);
    const larger = kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'keys', Data }));
    await expect(larger).rejects.toMatchObject({ name: 'ValidationException' });
    const tooMuch = kinesis.send(new PutRecordsCommand({ StreamName, Records: [...Records, ...Records.slice(0, 2)] }));
    await expect(tooMuch).rejects.toThrow('Records must hold at most 10485760 bytes together');
  });

  test.each([
    ['501 at a time', { Records: Array.from({ length: 501 }, () => ({ PartitionKey: 'k', Data: Buffer.from('x') })) }],
    ['none at all', { Records: [] }],
    ['without a partition key', { Records: [{ PartitionKey: '', Data: Buffer.from('x') }] }],
    ['with a key of 257 characters', { Records: [{ PartitionKey: 'k'.repeat(257), Data: Buffer.from('x') }] }],
  ])('are refused %s', async (_, input) => {
    const StreamName = await user.newStream();
    const put = kinesis.send(new PutRecordsCommand({ StreamName, ...input }));
    await expect(put).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await user.readAll(StreamName)).toEqual([]);
  });

  test('may be empty', async () => {
    const StreamName = await user.newStream();
    await user.put(StreamName, '');
    expect(textsOf(await user.readAll(StreamName))).toEqual(['']);
  });
});

describe('a reader is refused', () => {
  test.each([
    ['InvalidArgumentException', 'an iterator that is none', async () => user.read('nonsense')],
    [
      'ResourceNotFoundException',
      'a shard that is not there',
      async () => user.iterator({ StreamName: await user.newStream(), ShardId: 'shardId-000000000009' }),
    ],
    ['ResourceNotFoundException', 'a stream that is not there', async () => user.iterator({ StreamName: 'nowhere' })],
    [
      'InvalidArgumentException',
      'a sequence number that is not there',
      async () =>
        user.iterator({
          StreamName: await user.newStream(),
          ShardIteratorType: 'AT_SEQUENCE_NUMBER',
          StartingSequenceNumber: '7',
        }),
    ],
    [
      'ValidationException',
      'a type that is none',
      async () => user.iterator({ StreamName: await user.newStream(), ShardIteratorType: 'NOW' as never }),
    ],
    [
      'ResourceNotFoundException',
      'an iterator of a stream that was made anew',
      async () => {
        const StreamName = await user.newStream();
        const old = await user.iterator({ StreamName });
        await kinesis.send(new DeleteStreamCommand({ StreamName }));
        await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
        return user.read(old);
      },
    ],
  ])('with %s for %s', async (name, _, act) => {
    await expect(act()).rejects.toMatchObject({ name });
  });
});

/** As AWS places records: by the MD5 of the key. */
function shardOf(key: string): bigint {
  return BigInt(`0x${createHash('md5').update(key).digest('hex')}`) / 2n ** 126n;
}
