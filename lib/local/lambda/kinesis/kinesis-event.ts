import { ACCOUNT, REGION } from '../../deploy/account.ts';

/** A record as it is read from a shard. */
export interface ShardRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** In milliseconds since 1970. */
  readonly arrivedAt: number;
}

export interface ShardOfStream {
  readonly streamName: string;
  readonly shardId: string;
}

/** Lambda calls a function with at most so many bytes. */
export const LARGEST_PAYLOAD_BYTES = 6 * 1024 * 1024;

// What surrounds the data of a record in the event, partition key and stream name included.
const LARGEST_WRAPPING_BYTES = 1200;

/** What a record takes up in the event. */
export function bytesInEvent({ data, partitionKey }: ShardRecord): number {
  return Math.ceil(data.length / 3) * 4 + 4 * partitionKey.length + LARGEST_WRAPPING_BYTES;
}

/** The event with which Lambda calls a function. */
export function kinesisEvent({ streamName, shardId }: ShardOfStream, records: readonly ShardRecord[]): object {
  return {
    Records: records.map(({ partitionKey, sequenceNumber, data, arrivedAt }) => ({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey,
        sequenceNumber,
        data: Buffer.from(data).toString('base64'),
        approximateArrivalTimestamp: arrivedAt / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: `arn:aws:iam::${ACCOUNT}:role/local`,
      awsRegion: REGION,
      eventSourceARN: streamArn(streamName),
    })),
  };
}

export function streamArn(streamName: string): string {
  return `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/${streamName}`;
}
