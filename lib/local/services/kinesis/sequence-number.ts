/** What a sequence number says: 56 digits, as AWS has them, that rise with the index in a shard and differ between shards. */
export interface RecordPlace {
  /** Of the stream, milliseconds since 1970: a stream of the same name made later has higher numbers. */
  readonly createdAt: number;
  /** Counts a shard's records, from 1. */
  readonly index: number;
  readonly shard: number;
}

export function sequenceNumberOf({ createdAt, index, shard }: RecordPlace): string {
  return `4${digits(createdAt, 15)}${digits(index, 20)}${digits(shard, 20)}`;
}

export function readSequenceNumber(text: string): RecordPlace | undefined {
  const [, createdAt, index, shard] = /^4(\d{15})(\d{20})(\d{20})$/.exec(text) ?? [];
  return createdAt === undefined
    ? undefined
    : { createdAt: Number(createdAt), index: Number(index), shard: Number(shard) };
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
