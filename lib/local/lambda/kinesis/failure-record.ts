import { randomUUID } from 'node:crypto';
import type { MappingDefinition } from '../../deploy/definitions.ts';
import { functionArn } from '../environment.ts';
import { dayAndTime, type FailureRecord } from '../failure-store.ts';
import { kinesisEvent, streamArn, type ShardOfStream, type ShardRecord } from './kinesis-event.ts';

export interface BatchFailure {
  readonly mapping: MappingDefinition;
  readonly shard: ShardOfStream;
  readonly records: readonly ShardRecord[];
  readonly condition: string;
  readonly invocations: number;
  readonly now: Date;
}

/** What Lambda puts into a bucket when it gives up on records of a stream. */
export function batchFailure({ mapping, shard, records, condition, invocations, now }: BatchFailure): FailureRecord {
  const [first, last] = [records[0], records.at(-1)];
  return {
    key: `aws/lambda/${mapping.name}/${shard.shardId}/${dayAndTime(now)}-${randomUUID()}`,
    body: JSON.stringify({
      requestContext: {
        requestId: randomUUID(),
        functionArn: functionArn(mapping.functionName),
        condition,
        approximateInvokeCount: invocations,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: now.toISOString(),
      KinesisBatchInfo: {
        shardId: shard.shardId,
        startSequenceNumber: first?.sequenceNumber,
        endSequenceNumber: last?.sequenceNumber,
        approximateArrivalOfFirstRecord: new Date(first?.arrivedAt ?? 0).toISOString(),
        approximateArrivalOfLastRecord: new Date(last?.arrivedAt ?? 0).toISOString(),
        batchSize: records.length,
        streamArn: streamArn(shard.streamName),
      },
      payload: JSON.stringify(kinesisEvent(shard, records)),
    }),
  };
}
