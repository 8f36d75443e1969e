import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  type GetRecordsCommandOutput,
  type KinesisClient,
  type Shard as KinesisShard,
} from '@aws-sdk/client-kinesis';
import { IteratorExpired, type ReadRecords, type Shard, type ShardSource } from './shard-source.ts';

/** A stream of the Kinesis stand-in. */
export class KinesisShardSource implements ShardSource {
  readonly #client: KinesisClient;
  readonly #streamName: string;

  constructor(client: KinesisClient, streamName: string) {
    this.#client = client;
    this.#streamName = streamName;
  }

  async listShards(): Promise<Shard[]> {
    const shards: Shard[] = [];
    let token: string | undefined;
    do {
      const from = token === undefined ? { StreamName: this.#streamName } : { NextToken: token };
      const { Shards = [], NextToken } = await this.#client.send(new ListShardsCommand(from));
      shards.push(...Shards.map(shardOf));
      token = NextToken ?? undefined;
    } while (token !== undefined);
    return shards;
  }

  async openShard(shardId: string, after: string | undefined): Promise<string> {
    const { ShardIterator: iterator = '' } = await this.#client.send(
      new GetShardIteratorCommand({
        StreamName: this.#streamName,
        ShardId: shardId,
        ShardIteratorType: after === undefined ? 'TRIM_HORIZON' : 'AFTER_SEQUENCE_NUMBER',
        StartingSequenceNumber: after,
      }),
    );
    return iterator;
  }

  async read(iterator: string, limit: number): Promise<ReadRecords> {
    try {
      return readRecords(await this.#client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit })));
    } catch (error) {
      if (error instanceof Error && error.name === 'ExpiredIteratorException') throw new IteratorExpired();
      throw error;
    }
  }
}

function shardOf({ ShardId: shardId = '', ParentShardId, AdjacentParentShardId }: KinesisShard): Shard {
  const parents = [ParentShardId, AdjacentParentShardId].filter((parent) => typeof parent === 'string');
  return { shardId, parents };
}

function readRecords({ Records, NextShardIterator, MillisBehindLatest }: GetRecordsCommandOutput): ReadRecords {
  return {
    records: (Records ?? []).map((record) => ({
      sequenceNumber: record.SequenceNumber ?? '',
      partitionKey: record.PartitionKey ?? '',
      data: record.Data ?? new Uint8Array(),
      arrivedAt: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
    })),
    // The SDK gives the wire's null as it is.
    next: NextShardIterator ?? undefined,
    millisBehindLatest: MillisBehindLatest ?? 0,
  };
}
