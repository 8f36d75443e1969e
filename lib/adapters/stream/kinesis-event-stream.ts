import { PutRecordCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import type { EventStream, StreamRecord } from './event-stream.ts';

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/** What Kinesis says before it has taken the record: to put it again cannot put it twice. */
const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'KMSThrottlingException',
  'ThrottlingException',
]);

export interface KinesisEventStreamOptions {
  readonly client: Pick<KinesisClient, 'send'>;
  readonly streamName: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export class KinesisEventStream implements EventStream {
  readonly #options: KinesisEventStreamOptions;
  /** Without them, Kinesis orders what one producer puts only coarsely, by its time of arrival. */
  readonly #lastSequenceNumbers = new Map<string, string>();

  constructor(options: KinesisEventStreamOptions) {
    this.#options = options;
  }

  async put(record: StreamRecord): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#putOnce(record);
        return;
      } catch (error) {
        if (attempt === ATTEMPTS || !isThrottled(error)) throw error;
        await this.#options.sleep(pauseAfter(attempt));
      }
    }
  }

  async #putOnce({ partitionKey, data }: StreamRecord): Promise<void> {
    const { client, streamName } = this.#options;
    const { SequenceNumber: sequenceNumber } = await client.send(
      new PutRecordCommand({
        StreamName: streamName,
        PartitionKey: partitionKey,
        Data: data,
        SequenceNumberForOrdering: this.#lastSequenceNumbers.get(partitionKey),
      }),
    );
    if (sequenceNumber !== undefined) this.#lastSequenceNumbers.set(partitionKey, sequenceNumber);
  }
}

function isThrottled(error: unknown): boolean {
  return error instanceof Error && THROTTLED.has(error.name);
}

function pauseAfter(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
}
