import type { EventStream, StreamRecord } from './event-stream.ts';

/** A stream that keeps its records in memory, in the order in which they were put. */
export class MemoryEventStream implements EventStream {
  readonly records: StreamRecord[] = [];

  async put(record: StreamRecord): Promise<void> {
    this.records.push(record);
  }
}
