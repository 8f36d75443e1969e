import {
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
  SplitShardCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import { describe, expect, test } from 'vitest';
import { runServices } from './running-services.ts';
import { SHARD_0, StreamUser } from './stream-user.ts';

await runServices();
const kinesis = new KinesisClient({});
const user = new StreamUser(kinesis);

describe('a stream', () => {
  test('has the shards it was made with, which share the hash keys out', async () => {
    const StreamName = await user.newStream(3);
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
    const StreamName = await user.newStream();
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
    const { StreamARN } = StreamDescription!;
    await kinesis.send(new PutRecordCommand({ StreamARN, PartitionKey: 'key', Data: Buffer.from('by ARN') }));
    const ShardIterator = await user.iterator({ StreamARN });
    expect((await user.read(ShardIterator)).texts).toEqual(['by ARN']);
  });

  test('is listed, page by page, until it is deleted; and may be made anew, empty', async () => {
    const first = await user.newStream();
    const second = await user.newStream();
    await user.put(first, 'of the old one');
    const { StreamNames, HasMoreStreams } = await kinesis.send(new ListStreamsCommand({ Limit: 1 }));
    expect([StreamNames!.length, HasMoreStreams]).toEqual([1, true]);
    const rest = await kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: first, Limit: 1 }));
    expect(rest.StreamNames).toEqual([second]);
    await kinesis.send(new DeleteStreamCommand({ StreamName: first }));
    await expect(user.put(first, 'x')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await kinesis.send(new CreateStreamCommand({ StreamName: first, ShardCount: 1 }));
    expect(await user.readAll(first)).toEqual([]);
  });

  test('keeps records as long as it is told to', async () => {
    const StreamName = await user.newStream();
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 168 }));
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName }));
    expect(StreamDescription!.RetentionPeriodHours).toBe(168);
    const shorter = kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
    await expect(shorter).rejects.toThrow('RetentionPeriodHours must be at least what it is, 168 (given 48)');
    await kinesis.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }));
  });

  test('lists its shards page by page', async () => {
    const StreamName = await user.newStream(5);
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
    const StreamName = await user.newStream();
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
