import { KinesisServiceException, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { BatchStream } from './batch-stream.ts';
import type { StreamRecord } from './event-stream.ts';
import type { KinesisEventStreamOptions } from './kinesis-event-stream.ts';
import { ATTEMPTS, isThrottled, pauseAfter } from './throttling.ts';

/** Records that Kinesis did not take, and why. */
interface Refusal {
  readonly records: readonly StreamRecord[];
  readonly reason: unknown;
}

/**
 * Puts many records a request. Kinesis may take some and refuse others, which are then put again, behind those it took: hence one
 * record a key, and the next call only after this one.
 */
export class KinesisBatchStream implements BatchStream {
  readonly #options: KinesisEventStreamOptions;

  constructor(options: KinesisEventStreamOptions) {
    this.#options = options;
  }

  async putAll(records: readonly StreamRecord[]): Promise<void> {
    let left = records;
    for (let attempt = 1; left.length > 0; attempt++) {
      const { records: refused, reason } = await this.#putOnce(left);
      if (refused.length === 0) return;
      // As long as some get through, it goes on.
      if (refused.length < left.length) attempt = 1;
      if (attempt === ATTEMPTS) throw reason;
      left = refused;
      await this.#options.sleep(pauseAfter(attempt));
    }
  }

  async #putOnce(records: readonly StreamRecord[]): Promise<Refusal> {
    const { client, streamName } = this.#options;
    const entries = records.map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: data }));
    try {
      const { Records: results = [] } = await client.send(
        new PutRecordsCommand({ StreamName: streamName, Records: entries }),
      );
      const failed = results.find(({ ErrorCode: code }) => code !== undefined);
      return {
        records: records.filter((_, index) => results[index]?.ErrorCode !== undefined),
        reason: failed && refusal(failed.ErrorCode, failed.ErrorMessage),
      };
    } catch (error) {
      if (!isThrottled(error)) throw error;
      return { records, reason: error };
    }
  }
}

function refusal(name = '', message = ''): Error {
  return new KinesisServiceException({ name, message, $fault: 'server', $metadata: {} });
}
