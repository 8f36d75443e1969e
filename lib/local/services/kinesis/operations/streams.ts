import { hashRangeOf } from '../hash-key.ts';
import { numberIn, objectIn, oneOf, optionalText, refuse, textIn, type Input } from '../input.ts';
import { ACCOUNT, KinesisError } from '../kinesis-error.ts';
import { sequenceNumberOf } from '../sequence-number.ts';
import { shardIdOf, type Stream, type StreamMode, type StreamSettings } from '../storage/stream.ts';
import type { Streams } from '../storage/streams.ts';

export type Operation = (streams: Streams, input: Input) => Promise<object> | object;

const MODES = ['PROVISIONED', 'ON_DEMAND'] as const satisfies readonly StreamMode[];
const ON_DEMAND_SHARDS = 4;
const DEFAULT_RETENTION = 24;
const MAX_RETENTION = 8760;

export async function createStream(streams: Streams, input: Input): Promise<object> {
  refuse(input, ['Tags', 'WarmThroughputMiBps', 'MaxRecordSizeInKiB']);
  const name = textIn(input, 'StreamName', { min: 1, max: 128 });
  if (!/^[a-zA-Z0-9_.-]+$/.test(name))
    throw new KinesisError('ValidationException', `StreamName must be letters, digits, _, . and - (given ${name})`);
  const details = objectIn(input, 'StreamModeDetails');
  const mode = details === undefined ? 'PROVISIONED' : oneOf(details, 'StreamMode', MODES);
  const otherwise = mode === 'ON_DEMAND' ? { otherwise: ON_DEMAND_SHARDS } : {};
  const shardCount = numberIn(input, 'ShardCount', { min: 1, max: 1000, ...otherwise });
  await streams.create({ name, mode, shardCount, createdAt: streams.now(), retentionHours: DEFAULT_RETENTION });
  return {};
}

export async function deleteStream(streams: Streams, input: Input): Promise<object> {
  await streams.delete(nameIn(input));
  return {};
}

export function listStreams(streams: Streams, input: Input): object {
  const after = optionalText(input, 'NextToken') ?? optionalText(input, 'ExclusiveStartStreamName') ?? '';
  const limit = numberIn(input, 'Limit', { min: 1, max: 10_000, otherwise: 100 });
  const names = streams.names().filter((name) => name > after);
  const page = names.slice(0, limit);
  const HasMoreStreams = names.length > limit;
  const StreamSummaries = page.map((name) => summaryOf(streams.get(name).settings));
  return { StreamNames: page, HasMoreStreams, StreamSummaries, ...(HasMoreStreams && { NextToken: page.at(-1) }) };
}

export function describeStream(streams: Streams, input: Input): object {
  const stream = streams.get(nameIn(input));
  const limit = numberIn(input, 'Limit', { min: 1, max: 10_000, otherwise: 100 });
  const after = optionalText(input, 'ExclusiveStartShardId') ?? '';
  const shards = shardsOf(stream).filter(({ ShardId }) => ShardId > after);
  return {
    StreamDescription: {
      ...descriptionOf(stream.settings),
      Shards: shards.slice(0, limit),
      HasMoreShards: shards.length > limit,
    },
  };
}

export function describeStreamSummary(streams: Streams, input: Input): object {
  const { settings } = streams.get(nameIn(input));
  return {
    StreamDescriptionSummary: { ...descriptionOf(settings), OpenShardCount: settings.shardCount, ConsumerCount: 0 },
  };
}

export async function increaseRetention(streams: Streams, input: Input): Promise<object> {
  const stream = streams.get(nameIn(input));
  const hours = numberIn(input, 'RetentionPeriodHours', { min: DEFAULT_RETENTION, max: MAX_RETENTION });
  if (hours < stream.settings.retentionHours) throw wrongDirection(stream.settings, hours, 'at least');
  await stream.setRetention(hours);
  return {};
}

export async function decreaseRetention(streams: Streams, input: Input): Promise<object> {
  const stream = streams.get(nameIn(input));
  const hours = numberIn(input, 'RetentionPeriodHours', { min: DEFAULT_RETENTION, max: MAX_RETENTION });
  if (hours > stream.settings.retentionHours) throw wrongDirection(stream.settings, hours, 'at most');
  await stream.setRetention(hours);
  return {};
}

/** A stream is meant by its name or its ARN. */
export function nameIn(input: Input): string {
  const arn = optionalText(input, 'StreamARN');
  if (arn === undefined) return textIn(input, 'StreamName', { min: 1, max: 128 });
  const [, name] = /^arn:[^:]+:kinesis:[^:]*:[^:]*:stream\/([^/]+)$/.exec(arn) ?? [];
  if (name === undefined)
    throw new KinesisError('ValidationException', `StreamARN must be the ARN of a stream (given ${arn})`);
  return name;
}

export interface DescribedShard {
  readonly ShardId: string;
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string };
  readonly SequenceNumberRange: { readonly StartingSequenceNumber: string };
}

/** Shards are neither split nor merged here: all are open, from the first record on. */
export function shardsOf({ settings: { createdAt, shardCount } }: Stream): DescribedShard[] {
  return Array.from({ length: shardCount }, (_, shard) => {
    const { first, last } = hashRangeOf(shard, shardCount);
    return {
      ShardId: shardIdOf(shard),
      HashKeyRange: { StartingHashKey: String(first), EndingHashKey: String(last) },
      SequenceNumberRange: { StartingSequenceNumber: sequenceNumberOf({ createdAt, index: 0, shard }) },
    };
  });
}

/** The region of the process, as the stand-in for DynamoDB has it. */
export function streamArn(name: string): string {
  return `arn:aws:kinesis:${process.env['AWS_REGION'] ?? 'us-east-1'}:${ACCOUNT}:stream/${name}`;
}

function summaryOf({ name, mode, createdAt }: StreamSettings): object {
  return {
    StreamName: name,
    StreamARN: streamArn(name),
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: mode },
    StreamCreationTimestamp: createdAt / 1000,
  };
}

function descriptionOf(settings: StreamSettings): object {
  return {
    ...summaryOf(settings),
    RetentionPeriodHours: settings.retentionHours,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE',
  };
}

function wrongDirection({ retentionHours }: StreamSettings, hours: number, bound: string): KinesisError {
  const message = `RetentionPeriodHours must be ${bound} what it is, ${retentionHours} (given ${hours})`;
  return new KinesisError('InvalidArgumentException', message);
}
