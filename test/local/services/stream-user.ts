import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  type GetShardIteratorCommandInput,
  type KinesisClient,
  type _Record,
} from '@aws-sdk/client-kinesis';

export const SHARD_0 = 'shardId-000000000000';

export interface Page {
  readonly records: readonly _Record[];
  readonly texts: readonly string[];
  readonly next: string;
  readonly behind: number;
}

/** The few calls of which the tests are made. */
export class StreamUser {
  readonly #kinesis: KinesisClient;
  #streams = 0;

  constructor(kinesis: KinesisClient) {
    this.#kinesis = kinesis;
  }

  /** Gives the name of a new stream. */
  async newStream(ShardCount = 1): Promise<string> {
    this.#streams += 1;
    const StreamName = `stream-${this.#streams}`;
    await this.#kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
    return StreamName;
  }

  /** Gives the sequence number. */
  async put(StreamName: string, text: string, PartitionKey = 'key'): Promise<string> {
    const Data = Buffer.from(text);
    return (await this.#kinesis.send(new PutRecordCommand({ StreamName, PartitionKey, Data }))).SequenceNumber!;
  }

  /** From the first record of the first shard on, unless told otherwise. */
  async iterator(where: Partial<GetShardIteratorCommandInput>): Promise<string> {
    const input = { ShardId: SHARD_0, ShardIteratorType: 'TRIM_HORIZON' as const, ...where };
    return (await this.#kinesis.send(new GetShardIteratorCommand(input))).ShardIterator!;
  }

  async read(ShardIterator: string, Limit?: number): Promise<Page> {
    const page = await this.#kinesis.send(new GetRecordsCommand({ ShardIterator, Limit }));
    const records = page.Records!;
    return { records, texts: textsOf(records), next: page.NextShardIterator!, behind: page.MillisBehindLatest! };
  }

  async readAll(StreamName: string, ShardId = SHARD_0): Promise<_Record[]> {
    const records: _Record[] = [];
    let page = await this.read(await this.iterator({ StreamName, ShardId }));
    while (page.records.length > 0) {
      records.push(...page.records);
      page = await this.read(page.next);
    }
    return records;
  }
}

export function textsOf(records: readonly _Record[]): string[] {
  return records.map(({ Data }) => Buffer.from(Data!).toString());
}
