import type { BatchStream } from './batch-stream.ts';
import type { EventStream, StreamRecord } from './event-stream.ts';

/** A stream that keeps its records in memory, in the order in which they were put. */
export class MemoryEventStream implements EventStream, BatchStream {
  readonly records: StreamRecord[] = [];

  async put(record: StreamRecord): Promise<void> {
    this.records.push(record);
  }

  async putAll(records: readonly StreamRecord[]): Promise<void> {
    this.records.push(...records);
  }
}
