import type { StreamRecord } from './event-stream.ts';

/** A stream that takes many records at once. */
export interface BatchStream {
  /**
   * Puts at most 500 records of 5 MiB together, no two of them with one key, and comes back when the stream has them all: so those
   * of one key keep the order of the calls, though the records of one call take whatever order.
   * @throws what keeps the stream from taking them, or from saying so: some may be there, and there again after another call
   */
  putAll(records: readonly StreamRecord[]): Promise<void>;
}
