import { numberIn, objectIn, oneOf, optionalText, textIn, type Input } from '../input.ts';
import { KinesisError, noSuchStream } from '../kinesis-error.ts';
import { readSequenceNumber, sequenceNumberOf } from '../sequence-number.ts';
import { readToken, tokenOf, type ShardIterator } from '../shard-iterator.ts';
import type { ShardRecord } from '../storage/frame.ts';
import type { Shard } from '../storage/shard.ts';
import type { Stream } from '../storage/stream.ts';
import type { Streams } from '../storage/streams.ts';
import { nameIn, shardsOf, streamArn } from './streams.ts';

const MAX_PAGE = 1000;
const FILTERS = [
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
] as const;

export function listShards(streams: Streams, input: Input): object {
  const token = optionalText(input, 'NextToken');
  const { name, after } = token === undefined ? { name: nameIn(input), after: startOf(input) } : readPage(token);
  const shards = shardsOf(streams.get(name)).filter(({ ShardId }) => ShardId > after);
  const limit = numberIn(input, 'MaxResults', { min: 1, max: 10_000, otherwise: MAX_PAGE });
  const page = shards.slice(0, limit);
  const more = shards.length > limit ? { NextToken: pageToken(name, page.at(-1)?.ShardId ?? '') } : {};
  return { Shards: page, ...more };
}

const MAX_RECORDS = 10_000;
const MAX_BYTES = 10 * 1024 * 1024;

export async function getRecords(streams: Streams, input: Input): Promise<object> {
  const iterator = readToken(textIn(input, 'ShardIterator'), streams.now());
  const { settings, shards } = streams.get(iterator.stream);
  const shard = shards[iterator.shard];
  if (shard === undefined || settings.createdAt !== iterator.createdAt) throw noSuchStream(iterator.stream);
  const limit = numberIn(input, 'Limit', { min: 1, max: MAX_RECORDS, otherwise: MAX_RECORDS });
  // Where the reader is may have been trimmed meanwhile.
  const from = Math.max(iterator.next, shard.trimHorizon());
  const records = await shard.read(from, limit, MAX_BYTES);
  const next = from + records.length;
  const { createdAt } = settings;
  return {
    Records: records.map((record) => published(record, { createdAt, shard: iterator.shard })),
    NextShardIterator: tokenOf({ ...iterator, next, issuedAt: streams.now() }),
    MillisBehindLatest: millisBehind(shard, next, streams.now()),
  };
}

export function getShardIterator(streams: Streams, input: Input): object {
  const stream = streams.get(nameIn(input));
  const shardId = textIn(input, 'ShardId');
  const shard = shardsOf(stream).findIndex(({ ShardId }) => ShardId === shardId);
  const log = stream.shards[shard];
  if (log === undefined) {
    throw new KinesisError(
      'ResourceNotFoundException',
      `Shard ${shardId} in stream ${stream.settings.name} does not exist`,
    );
  }
  const { name, createdAt } = stream.settings;
  const next = POSITIONS[oneOf(input, 'ShardIteratorType', TYPES)](input, { stream, shard, log });
  const iterator: ShardIterator = { stream: name, createdAt, shard, next, issuedAt: streams.now() };
  return { ShardIterator: tokenOf(iterator) };
}

interface ShardOfStream {
  readonly stream: Stream;
  readonly shard: number;
  readonly log: Shard;
}

/** The index that a reader begins at. */
const POSITIONS = {
  TRIM_HORIZON: (_, { log }) => log.trimHorizon(),
  LATEST: (_, { log }) => log.end,
  AT_TIMESTAMP: (input, { log }) => log.firstSince(timeIn(input)),
  AT_SEQUENCE_NUMBER: (input, where) => indexIn(input, where),
  AFTER_SEQUENCE_NUMBER: (input, where) => indexIn(input, where) + 1,
} as const satisfies Readonly<Record<string, (input: Input, where: ShardOfStream) => number>>;

const TYPES = Object.keys(POSITIONS) as (keyof typeof POSITIONS)[];

function timeIn(input: Input): number {
  const seconds = input['Timestamp'];
  if (typeof seconds === 'number') return seconds * 1000;
  throw new KinesisError('InvalidArgumentException', 'AT_TIMESTAMP needs a Timestamp');
}

function indexIn(input: Input, { stream, shard, log }: ShardOfStream): number {
  const text = textIn(input, 'StartingSequenceNumber');
  const place = readSequenceNumber(text);
  const isOfShard = place?.shard === shard && place.createdAt === stream.settings.createdAt;
  if (isOfShard && place.index < log.end) return place.index;
  throw new KinesisError(
    'InvalidArgumentException',
    `StartingSequenceNumber ${text} used in GetShardIterator on shard ${shard} of stream ${stream.settings.name} is invalid.`,
  );
}

function published(
  { index, arrivedAt, partitionKey, data }: ShardRecord,
  of: { createdAt: number; shard: number },
): object {
  return {
    SequenceNumber: sequenceNumberOf({ ...of, index }),
    ApproximateArrivalTimestamp: arrivedAt / 1000,
    Data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    PartitionKey: partitionKey,
  };
}

/** How long the next record has been waiting; 0 if there is none. */
function millisBehind(shard: Shard, next: number, now: number): number {
  const arrivedAt = shard.arrivalOf(next);
  return arrivedAt === undefined ? 0 : Math.max(1, Math.round(now - arrivedAt));
}

function startOf(input: Input): string {
  const filter = objectIn(input, 'ShardFilter');
  // All shards have always been open: only this filter leaves any out.
  if (filter !== undefined && oneOf(filter, 'Type', FILTERS) === 'AFTER_SHARD_ID') return textIn(filter, 'ShardId');
  return optionalText(input, 'ExclusiveStartShardId') ?? '';
}

function pageToken(name: string, shardId: string): string {
  return Buffer.from(`${streamArn(name)}#${shardId}`).toString('base64url');
}

function readPage(token: string): { name: string; after: string } {
  const [arn, after] = Buffer.from(token, 'base64url').toString().split('#');
  if (after === undefined) throw new KinesisError('InvalidArgumentException', 'Invalid NextToken.');
  return { name: nameIn({ StreamARN: arn }), after };
}
