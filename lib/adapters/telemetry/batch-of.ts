import type { KinesisStreamEvent } from 'aws-lambda';

/** Which records of the stream an invocation was given: all are of one shard. */
export interface ToldBatch {
  readonly shard: string;
  /** Sequence numbers. */
  readonly first: string;
  readonly last: string;
  readonly records: number;
  /** When the first and the last record arrived, as the names of what is found in them begin. */
  readonly arrived: readonly [string, string];
}

export function batchOf({ Records: records }: KinesisStreamEvent): ToldBatch | undefined {
  const [first, last] = [records.at(0), records.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    shard: first.eventID.slice(0, first.eventID.indexOf(':')),
    first: first.kinesis.sequenceNumber,
    last: last.kinesis.sequenceNumber,
    records: records.length,
    arrived: [arrivalOf(first), arrivalOf(last)],
  };
}

function arrivalOf({ kinesis }: KinesisStreamEvent['Records'][number]): string {
  return new Date(Math.round(kinesis.approximateArrivalTimestamp * 1000)).toISOString();
}
