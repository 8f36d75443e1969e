import { createHash } from 'node:crypto';
import { request } from 'node:http';
import {
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  SplitShardCommand,
  type GetShardIteratorCommandInput,
  type _Record,
} from '@aws-sdk/client-kinesis';
import { describe, expect, test } from 'vitest';
import { plainClients, runServices } from './running-services.ts';

const { services } = await runServices();
const { kinesis } = plainClients();

const SHARD_0 = 'shardId-000000000000';
let streams = 0;

async function newStream(ShardCount = 1): Promise<string> {
  streams += 1;
  const StreamName = `stream-${streams}`;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return StreamName;
}

async function put(StreamName: string, text: string, PartitionKey = 'key'): Promise<string> {
  const { SequenceNumber } = await kinesis.send(
    new PutRecordCommand({ StreamName, PartitionKey, Data: Buffer.from(text) }),
  );
  return SequenceNumber!;
}

async function iterator(StreamName: string, where: Partial<GetShardIteratorCommandInput> = {}): Promise<string> {
  const input = { StreamName, ShardId: SHARD_0, ShardIteratorType: 'TRIM_HORIZON' as const, ...where };
  return (await kinesis.send(new GetShardIteratorCommand(input))).ShardIterator!;
}

async function read(ShardIterator: string, Limit?: number) {
  const { Records, NextShardIterator, MillisBehindLatest } = await kinesis.send(
    new GetRecordsCommand({ ShardIterator, Limit }),
  );
  return { records: Records!, texts: textsOf(Records!), next: NextShardIterator!, behind: MillisBehindLatest! };
}

async function readAll(StreamName: string, ShardId = SHARD_0): Promise<_Record[]> {
  const records: _Record[] = [];
  let page = await read(await iterator(StreamName, { ShardId }));
  while (page.records.length > 0) {
    records.push(...page.records);
    page = await read(page.next);
  }
  return records;
}

function textsOf(records: readonly _Record[]): string[] {
  return records.map(({ Data }) => Buffer.from(Data!).toString());
}

describe('a stream', () => {
  test('has the shards it was made with, which share the hash keys out', async () => {
    const StreamName = await newStream(3);
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
    expect(StreamDescription).toMatchObject({ StreamStatus: 'ACTIVE', RetentionPeriodHours: 24, HasMoreShards: false });
    const ranges = StreamDescription!.Shards!.map(({ HashKeyRange }) => HashKeyRange!);
    expect(ranges[0]!.StartingHashKey).toBe('0');
    expect(ranges[2]!.EndingHashKey).toBe(String(2n ** 128n - 1n));
    for (const [index, { EndingHashKey }] of ranges.slice(0, 2).entries()) {
      expect(BigInt(ranges[index + 1]!.StartingHashKey!)).toBe(BigInt(EndingHashKey!) + 1n);
    }
  });

  test('on demand has four shards', async () => {
    const StreamName = 'on-demand';
    await kinesis.send(new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }));
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    expect(StreamDescriptionSummary).toMatchObject({
      OpenShardCount: 4,
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
  });

  test('may be made with the mode that the template says', async () => {
    const input = {
      StreamName: 'provisioned',
      ShardCount: 2,
      StreamModeDetails: { StreamMode: 'PROVISIONED' as const },
    };
    await kinesis.send(new CreateStreamCommand(input));
    const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName: 'provisioned' }));
    expect(Shards).toHaveLength(2);
  });

  test('is meant by its ARN as well as by its name', async () => {
    const StreamName = await newStream();
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
    const { StreamARN } = StreamDescription!;
    await kinesis.send(new PutRecordCommand({ StreamARN, PartitionKey: 'key', Data: Buffer.from('by ARN') }));
    const ShardIterator = await iterator(undefined as never, { StreamARN });
    expect((await read(ShardIterator)).texts).toEqual(['by ARN']);
  });

  test('is listed, page by page, until it is deleted; and may be made anew, empty', async () => {
    const first = await newStream();
    const second = await newStream();
    await put(first, 'of the old one');
    const { StreamNames, HasMoreStreams } = await kinesis.send(new ListStreamsCommand({ Limit: 1 }));
    expect([StreamNames!.length, HasMoreStreams]).toEqual([1, true]);
    const rest = await kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: first, Limit: 1 }));
    expect(rest.StreamNames).toEqual([second]);
    await kinesis.send(new DeleteStreamCommand({ StreamName: first }));
    await expect(put(first, 'x')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await kinesis.send(new CreateStreamCommand({ StreamName: first, ShardCount: 1 }));
    expect(await readAll(first)).toEqual([]);
  });

  test('keeps records as long as it is told to', async () => {
    const StreamName = await newStream();
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 168 }));
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
    expect(StreamDescription!.RetentionPeriodHours).toBe(168);
    const shorter = kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
    await expect(shorter).rejects.toThrow('RetentionPeriodHours must be at least what it is, 168 (given 48)');
    await kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }));
  });

  test('lists its shards page by page', async () => {
    const StreamName = await newStream(5);
    const first = await kinesis.send(new ListShardsCommand({ StreamName, MaxResults: 2 }));
    const second = await kinesis.send(new ListShardsCommand({ NextToken: first.NextToken, MaxResults: 2 }));
    const third = await kinesis.send(new ListShardsCommand({ NextToken: second.NextToken, MaxResults: 2 }));
    const ids = [first, second, third].map(({ Shards }) => Shards!.map(({ ShardId }) => Number(ShardId!.slice(-1))));
    expect(ids).toEqual([[0, 1], [2, 3], [4]]);
    expect(third.NextToken).toBeUndefined();
    const open = await kinesis.send(new ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }));
    expect(open.Shards).toHaveLength(5);
  });

  test('is refused if it is there already, or asks for what is not done', async () => {
    const StreamName = await newStream();
    const again = kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    await expect(again).rejects.toMatchObject({ name: 'ResourceInUseException' });
    const none = kinesis.send(new CreateStreamCommand({ StreamName: 'none', ShardCount: 0 }));
    await expect(none).rejects.toThrow('ShardCount must be a whole number from 1 to 1000 (given 0)');
    const larger = kinesis.send(
      new CreateStreamCommand({ StreamName: 'larger', ShardCount: 1, MaxRecordSizeInKiB: 4096 }),
    );
    await expect(larger).rejects.toThrow('the local Kinesis does not implement MaxRecordSizeInKiB');
    const split = kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: SHARD_0, NewStartingHashKey: '5' }));
    await expect(split).rejects.toThrow('The local Kinesis does not implement SplitShard.');
  });
});

describe('records', () => {
  test('come back in the order in which they were put, with rising sequence numbers', async () => {
    const StreamName = await newStream();
    const numbers = [];
    for (const text of ['a', 'b', 'c']) numbers.push(await put(StreamName, text, `key of ${text}`));
    const records = await readAll(StreamName);
    expect(textsOf(records)).toEqual(['a', 'b', 'c']);
    expect(records.map(({ SequenceNumber }) => SequenceNumber)).toEqual(numbers);
    expect(records.map(({ PartitionKey }) => PartitionKey)).toEqual(['key of a', 'key of b', 'key of c']);
    expect(numbers.map(BigInt)).toEqual(numbers.map(BigInt).toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(numbers).size).toBe(3);
    expect(Math.abs(records[0]!.ApproximateArrivalTimestamp!.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test('put 500 at a time go to the shard of their key, each key in order', async () => {
    const StreamName = await newStream(4);
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
      await Promise.all(['0', '1', '2', '3'].map((id) => readAll(StreamName, `shardId-00000000000${id}`)))
    ).flat();
    const texts = textsOf(read);
    expect(texts).toHaveLength(500);
    for (let key = 0; key < 17; key += 1) {
      const ofKey = texts.filter((text) => text.startsWith(`${key}:`));
      expect(ofKey).toEqual(Records.map(({ Data }) => Data.toString()).filter((text) => text.startsWith(`${key}:`)));
    }
  });

  test('go to the shard of an explicit hash key', async () => {
    const StreamName = await newStream(2);
    const ExplicitHashKey = String(2n ** 128n - 1n);
    const record = { StreamName, PartitionKey: 'key', Data: Buffer.from('x') };
    expect(await kinesis.send(new PutRecordCommand({ ...record, ExplicitHashKey }))).toMatchObject({
      ShardId: 'shardId-000000000001',
    });
    const beyond = kinesis.send(new PutRecordCommand({ ...record, ExplicitHashKey: String(2n ** 128n) }));
    await expect(beyond).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  test('are read from any place', async () => {
    const StreamName = await newStream();
    const numbers = [];
    for (const text of ['a', 'b', 'c']) numbers.push(await put(StreamName, text));
    const latest = await iterator(StreamName, { ShardIteratorType: 'LATEST' });
    const from = async (where: Partial<GetShardIteratorCommandInput>) =>
      (await read(await iterator(StreamName, where))).texts;
    const StartingSequenceNumber = numbers[1]!;
    expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['b', 'c']);
    expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber })).toEqual(['c']);
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(0) })).toEqual(['a', 'b', 'c']);
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(Date.now() + 60_000) })).toEqual([]);
    const empty = await read(latest);
    expect(empty.texts).toEqual([]);
    await put(StreamName, 'd');
    expect((await read(latest)).texts).toEqual(['d']);
    expect((await read(empty.next)).texts).toEqual(['d']);
  });

  test('are read so many at a time, and tell how far behind the reader is', async () => {
    const StreamName = await newStream();
    for (const text of ['a', 'b', 'c']) await put(StreamName, text);
    const first = await read(await iterator(StreamName), 2);
    expect(first.texts).toEqual(['a', 'b']);
    expect(first.behind).toBeGreaterThan(0);
    const second = await read(first.next, 2);
    expect([second.texts, second.behind]).toEqual([['c'], 0]);
  });

  test('may have 1 MiB with their key, and are read 10 MiB at most at a time', async () => {
    const StreamName = await newStream();
    const Data = Buffer.alloc(1024 * 1024 - 3, 'x');
    const Records = Array.from({ length: 9 }, () => ({ PartitionKey: 'key', Data }));
    await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    const first = await read(await iterator(StreamName));
    const second = await read(first.next);
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
    const StreamName = await newStream();
    const put = kinesis.send(new PutRecordsCommand({ StreamName, ...input }));
    await expect(put).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await readAll(StreamName)).toEqual([]);
  });

  test('may be empty', async () => {
    const StreamName = await newStream();
    await put(StreamName, '');
    expect(textsOf(await readAll(StreamName))).toEqual(['']);
  });
});

describe('a reader is refused', () => {
  test.each([
    ['InvalidArgumentException', 'an iterator that is none', async () => read('nonsense')],
    [
      'ResourceNotFoundException',
      'a shard that is not there',
      async () => iterator(await newStream(), { ShardId: 'shardId-000000000009' }),
    ],
    ['ResourceNotFoundException', 'a stream that is not there', async () => iterator('nowhere')],
    [
      'InvalidArgumentException',
      'a sequence number that is not there',
      async () => iterator(await newStream(), { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '7' }),
    ],
    [
      'ValidationException',
      'a type that is none',
      async () => iterator(await newStream(), { ShardIteratorType: 'NOW' as never }),
    ],
    [
      'ResourceNotFoundException',
      'an iterator of a stream that was made anew',
      async () => {
        const StreamName = await newStream();
        const old = await iterator(StreamName);
        await kinesis.send(new DeleteStreamCommand({ StreamName }));
        await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
        return read(old);
      },
    ],
  ])('with %s for %s', async (name, _, act) => {
    await expect(act()).rejects.toMatchObject({ name });
  });
});

describe('the protocol', () => {
  function post(headers: Record<string, string>, body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(services.endpoints.kinesis, { method: 'POST', headers }, async (response) => {
        let text = '';
        for await (const chunk of response) text += String(chunk);
        resolve({ status: response.statusCode!, text });
      });
      sent.on('error', reject).end(body);
    });
  }

  const json = { 'content-type': 'application/x-amz-json-1.1' };

  test('is also spoken over HTTP/1.1', async () => {
    const { status, text } = await post({ ...json, 'x-amz-target': 'Kinesis_20131202.ListStreams' }, '{"Limit":1}');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toHaveProperty('StreamNames');
  });

  test.each([
    ['SerializationException', 'Kinesis_20131202.ListStreams', '{broken', json],
    ['SerializationException', 'Kinesis_20131202.ListStreams', '[]', json],
    ['SerializationException', 'Kinesis_20131202.ListStreams', '{}', { 'content-type': 'application/x-amz-cbor-1.1' }],
    ['UnknownOperationException', 'Kinesis_20131202.constructor', '{}', json],
    ['UnknownOperationException', 'DynamoDB_20120810.ListTables', '{}', json],
  ])('refuses with %s: %s %s', async (type, target, body, headers) => {
    const { status, text } = await post({ ...headers, 'x-amz-target': target }, body);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ __type: type });
  });
});

/** As AWS places records: by the MD5 of the key. */
function shardOf(key: string): bigint {
  return BigInt(`0x${createHash('md5').update(key).digest('hex')}`) / 2n ** 126n;
}
