import { PutRecordCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import type { EventStream, StreamRecord } from './event-stream.ts';
import { ATTEMPTS, isThrottled, pauseAfter } from './throttling.ts';

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
