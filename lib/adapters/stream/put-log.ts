import {
  RecordWriter,
  type FullRecord,
  type OverlongLine,
  type WrittenRecord,
} from '../../core/cloud/record-writer.ts';
import { LineBuffer, NEWLINE } from '../../core/events/line-buffer.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { EventStream } from './event-stream.ts';

export interface PutLogOptions {
  readonly stream: EventStream;
  /** The network of the log's lines; its name is the partition key, which keeps them in order. */
  readonly network: NetworkName;
  /** Names this log and this attempt to put it: lines of one source and number count once, however often they are put. */
  readonly source: string;
  /** When the log was dropped, in milliseconds since 1970. */
  readonly dropped?: number;
  /** Lines that are known to have been put. */
  readonly from?: number;
  /** By default 256 KB a record. */
  readonly largestRecord?: number;
  /** Puts what has come without waiting for a record to be full: for a log that is still being written. */
  readonly promptly?: boolean;
  /** Called when the stream has a record; the next one is put after it. False ends the putting. */
  readonly onPut: (record: FullRecord) => Promise<boolean>;
  /** Called for a line that fits into no record. */
  readonly onOverlong: (line: OverlongLine) => Promise<void>;
}

/**
 * Puts a log on a stream: one record after the other, for only so do they keep their order. True if it came to the end.
 * @throws what the stream does; to be called again with the same source.
 */
export async function putLog(chunks: AsyncIterable<Uint8Array>, options: PutLogOptions): Promise<boolean> {
  const cutter = new RecordCutter(options);
  for await (const chunk of chunks) {
    const records = cutter.add(chunk);
    if (options.promptly === true) records.push(...cutter.cut());
    if (!(await putAll(records, options))) return false;
  }
  return putAll(cutter.end(), options);
}

async function putAll(records: readonly WrittenRecord[], options: PutLogOptions): Promise<boolean> {
  const { stream, network, onPut, onOverlong } = options;
  for (const record of records) {
    if (record.type === 'overlong') {
      await onOverlong(record);
      continue;
    }
    await stream.put({ partitionKey: network, data: record.data });
    if (!(await onPut(record))) return false;
  }
  return true;
}

/** Cuts the chunks of a log into records, which hold whole lines. */
class RecordCutter {
  readonly #writer: RecordWriter;
  readonly #lines: LineBuffer;
  readonly #from: number;
  #offset = 0;
  #ready: WrittenRecord[] = [];

  constructor({ from = 0, network, source, dropped, largestRecord }: PutLogOptions) {
    this.#from = from;
    this.#writer = new RecordWriter({
      network,
      source,
      ...(dropped !== undefined && { dropped }),
      ...(largestRecord && { largestRecord }),
    });
    this.#lines = new LineBuffer({
      onLines: (bytes, start, end) => this.#addLines(bytes.subarray(start, end)),
      onOverlong: (bytes) => {
        this.#ready.push(...this.#writer.end(), { type: 'overlong', offset: this.#offset++, bytes: bytes.slice() });
      },
    });
  }

  add(chunk: Uint8Array): WrittenRecord[] {
    this.#lines.add(chunk);
    return this.#take();
  }

  /** The whole lines so far, though they fill no record. */
  cut(): WrittenRecord[] {
    return this.#writer.end();
  }

  end(): WrittenRecord[] {
    this.#lines.end();
    return [...this.#take(), ...this.cut()];
  }

  #addLines(lines: Uint8Array): void {
    for (let start = 0; start < lines.length;) {
      const end = lines.indexOf(NEWLINE, start);
      const offset = this.#offset++;
      if (offset >= this.#from) this.#ready.push(...this.#writer.add({ offset, bytes: lines.subarray(start, end) }));
      start = end + 1;
    }
  }

  #take(): WrittenRecord[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}
