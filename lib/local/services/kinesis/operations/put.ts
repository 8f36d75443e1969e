import { readHashKey, shardOfHash, shardOfKey } from '../hash-key.ts';
import { bytesIn, invalid, isInput, optionalText, textIn, type Input } from '../input.ts';
import { KinesisError } from '../kinesis-error.ts';
import { sequenceNumberOf } from '../sequence-number.ts';
import type { NewRecord } from '../storage/shard.ts';
import { shardIdOf, type Stream } from '../storage/stream.ts';
import type { Streams } from '../storage/streams.ts';
import { nameIn } from './streams.ts';

export async function putRecord(streams: Streams, input: Input): Promise<object> {
  const stream = streams.get(nameIn(input));
  const [placed] = await putAll(stream, [readRecord(input, stream)]);
  return { ...placed };
}

const MAX_RECORDS = 500;
const MAX_BYTES = 10 * 1024 * 1024;

export async function putRecords(streams: Streams, input: Input): Promise<object> {
  const stream = streams.get(nameIn(input));
  const records = input['Records'];
  if (!Array.isArray(records) || records.length === 0 || records.length > MAX_RECORDS) {
    throw invalid('Records', Array.isArray(records) ? records.length : records, `a list of 1 to ${MAX_RECORDS}`);
  }
  const read = records.map((record) => readRecord(isInput(record) ? record : {}, stream));
  const size = read.reduce((sum, { record }) => sum + sizeOf(record), 0);
  if (size > MAX_BYTES) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Records must hold at most ${MAX_BYTES} bytes together (given ${size})`,
    );
  }
  return { FailedRecordCount: 0, Records: await putAll(stream, read) };
}

interface RecordForShard {
  readonly shard: number;
  readonly record: NewRecord;
}

interface PlacedRecord {
  readonly ShardId: string;
  readonly SequenceNumber: string;
}

/** Those of a shard in their order, in one go. */
async function putAll({ settings, shards }: Stream, records: readonly RecordForShard[]): Promise<PlacedRecord[]> {
  const placed: PlacedRecord[] = [];
  const putToShard = async (shard: number): Promise<void> => {
    const own = [...records.entries()].filter(([, one]) => one.shard === shard);
    const first = await shards[shard]?.append(own.map(([, { record }]) => record));
    if (first === undefined) throw new Error(`stream ${settings.name} has no shard ${shard}`);
    for (const [at, [position]] of own.entries()) {
      const place = { createdAt: settings.createdAt, index: first + at, shard };
      placed[position] = { ShardId: shardIdOf(shard), SequenceNumber: sequenceNumberOf(place) };
    }
  };
  await Promise.all([...new Set(records.map(({ shard }) => shard))].map(putToShard));
  return placed;
}

const MAX_RECORD_BYTES = 1024 * 1024;

function readRecord(input: Input, { settings: { shardCount } }: Stream): RecordForShard {
  const record = { partitionKey: textIn(input, 'PartitionKey', { min: 1, max: 256 }), data: bytesIn(input, 'Data') };
  const size = sizeOf(record);
  if (size > MAX_RECORD_BYTES) {
    const message = `1 validation error detected: data and partition key must be at most ${MAX_RECORD_BYTES} bytes together (given ${size})`;
    throw new KinesisError('ValidationException', message);
  }
  const hash = optionalText(input, 'ExplicitHashKey');
  return {
    record,
    shard: hash === undefined ? shardOfKey(record.partitionKey, shardCount) : shardOfText(hash, shardCount),
  };
}

function shardOfText(text: string, shardCount: number): number {
  const hash = readHashKey(text);
  if (hash !== undefined) return shardOfHash(hash, shardCount);
  throw new KinesisError(
    'InvalidArgumentException',
    `ExplicitHashKey must be in the range [0, 2^128-1] (given ${text})`,
  );
}

/** The key counts, as on AWS. */
function sizeOf({ partitionKey, data }: NewRecord): number {
  return data.length + Buffer.byteLength(partitionKey);
}
