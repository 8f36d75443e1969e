import type { BatchStream } from '../../adapters/stream/batch-stream.ts';
import { LinesByKey, type RecordBatch } from '../../core/cloud/lines-by-key.ts';
import type { Pace } from './pace.ts';
import { patiently, type PatienceOptions } from './patient-stream.ts';

export interface TransactionPutterOptions {
  /** Called when the first transaction is put. */
  readonly openStream: () => Promise<BatchStream>;
  readonly patience: PatienceOptions;
  readonly pace: Pace;
  readonly screen: {
    /** Lines on the stream. */
    readonly lines: number;
    put(progress: { readonly lines: number; readonly records: number }): void;
  };
}

/** Puts lines on the stream under their keys, many at once; those of a key keep their order. */
export class TransactionPutter {
  readonly #options: TransactionPutterOptions;
  readonly #lines: LinesByKey;
  #stream: BatchStream | undefined;

  constructor(options: TransactionPutterOptions) {
    this.#options = options;
    this.#lines = new LinesByKey({ lines: options.pace.linesAtOnce });
  }

  /** False for a line that fits into no record. */
  async add(key: string, line: Uint8Array): Promise<boolean> {
    const full = this.#lines.add(key, line);
    if (full !== undefined) await this.#putAll(full);
    return full !== undefined;
  }

  /** Puts what waits. */
  async end(): Promise<void> {
    await this.#putAll(this.#lines.end());
  }

  /** Puts what has come with a chunk before the next is waited for. */
  async *endingAfterEach(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      yield chunk;
      await this.end();
    }
  }

  async #putAll(batches: readonly RecordBatch[]): Promise<void> {
    const { openStream, patience, pace, screen } = this.#options;
    for (const { records, lines } of batches) {
      const stream = (this.#stream ??= await openStream());
      await patiently(() => stream.putAll(records), patience);
      screen.put({ lines, records: records.length });
      await pace.after(screen.lines);
    }
  }
}
