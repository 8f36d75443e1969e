import { bytesInEvent, LARGEST_PAYLOAD_BYTES, type ShardRecord } from './kinesis-event.ts';
import { IteratorExpired, type ReadRecords, type ShardSource } from './shard-source.ts';

/** As many as GetRecords gives at most. */
const MOST_RECORDS_READ = 10_000;

export interface ShardReaderOptions {
  readonly source: ShardSource;
  readonly shardId: string;
  /** The last record that was dealt with. */
  readonly after: string | undefined;
}

/** Reads a shard on from where the last reader stopped, and hands out its records in batches. */
export class ShardReader {
  readonly #source: ShardSource;
  readonly #shardId: string;
  #lastRead: string | undefined;
  #iterator: string | undefined;
  #buffer: ShardRecord[] = [];
  #millisBehindLatest = 0;
  #isAtEnd = false;

  constructor({ source, shardId, after }: ShardReaderOptions) {
    this.#source = source;
    this.#shardId = shardId;
    this.#lastRead = after;
  }

  /** The oldest record that was read and not yet handed out. */
  get oldest(): ShardRecord | undefined {
    return this.#buffer[0];
  }

  get buffered(): number {
    return this.#buffer.length;
  }

  get millisBehindLatest(): number {
    return this.#millisBehindLatest;
  }

  /** Whether the shard is closed and everything in it has been handed out. */
  get isExhausted(): boolean {
    return this.#isAtEnd && this.#buffer.length === 0;
  }

  /** Whether what has been read fills a batch, or nothing more will come. */
  isBatchReady(batchSize: number): boolean {
    return this.#isAtEnd || this.#batchLength(batchSize) < this.#buffer.length || this.#buffer.length === batchSize;
  }

  takeBatch(batchSize: number): ShardRecord[] {
    return this.#buffer.splice(0, this.#batchLength(batchSize));
  }

  /** Reads what there is, if anything. */
  async read(): Promise<void> {
    if (this.#isAtEnd) return;
    const { records, next, millisBehindLatest } = await this.#readOnce();
    this.#buffer.push(...records);
    this.#lastRead = records.at(-1)?.sequenceNumber ?? this.#lastRead;
    this.#iterator = next;
    this.#isAtEnd = next === undefined;
    this.#millisBehindLatest = millisBehindLatest;
  }

  async #readOnce(): Promise<ReadRecords> {
    try {
      this.#iterator ??= await this.#source.openShard(this.#shardId, this.#lastRead);
      return await this.#source.read(this.#iterator, MOST_RECORDS_READ);
    } catch (error) {
      this.#iterator = undefined;
      if (error instanceof IteratorExpired) return this.#readOnce();
      throw error;
    }
  }

  /** As many records as go into one event, but at least one. */
  #batchLength(batchSize: number): number {
    let bytes = 0;
    const most = Math.min(batchSize, this.#buffer.length);
    for (let length = 0; length < most; length++) {
      bytes += bytesInEvent(this.#buffer[length] as ShardRecord);
      if (bytes > LARGEST_PAYLOAD_BYTES && length > 0) return length;
    }
    return most;
  }
}
