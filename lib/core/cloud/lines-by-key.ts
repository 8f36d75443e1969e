import { NEWLINE } from '../events/line-buffer.ts';
import { LARGEST_RECORD } from './record-writer.ts';

/** Lines of one key, in their order. */
interface KeyedRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** Records of different keys, which may be put at once. */
export interface RecordBatch {
  readonly records: readonly KeyedRecord[];
  readonly lines: number;
}

export interface BatchLimits {
  /** By default 5,000. */
  readonly lines?: number;
  /** Different keys; by default 500, as many as a request to Kinesis may put. */
  readonly records?: number;
}

/** Kinesis allows a key 256 characters. Of longer ones the beginning orders as well. */
const LONGEST_KEY = 256;

/** Kinesis counts the key as part of the record, which here has more than 64 bytes. */
export const LONGEST_LINE = LARGEST_RECORD - 4 * LONGEST_KEY;

/** Of all records together, and so of one: a request that is a quarter of what a shard takes in a second. */
const USUAL_BATCH = 256 * 1024;

/** Gathers lines into batches with one record a key, so that a batch whose records take any order keeps that of each key. */
export class LinesByKey {
  readonly #limits: Required<BatchLimits>;
  #parts = new Map<string, Uint8Array[]>();
  #bytes = 0;
  #lines = 0;

  constructor({ lines = 5000, records = 500 }: BatchLimits = {}) {
    this.#limits = { lines, records };
  }

  /**
   * Takes the next line of a key, without its newline; its bytes may be overwritten after the call. Gives the batch that had no
   * room for it, if that is so; undefined for a line that fits into no record.
   */
  add(key: string, line: Uint8Array): readonly RecordBatch[] | undefined {
    if (line.length > LONGEST_LINE) return undefined;
    const partitionKey = key.slice(0, LONGEST_KEY);
    const full = this.#hasRoom(partitionKey, line) ? [] : this.end();
    const parts = this.#parts.get(partitionKey) ?? [];
    parts.push(Uint8Array.from(line));
    this.#parts.set(partitionKey, parts);
    this.#bytes += line.length + 1;
    this.#lines++;
    return full;
  }

  /** The batch that is not full, if any line waits in it. */
  end(): readonly RecordBatch[] {
    if (this.#lines === 0) return [];
    const records = Array.from(this.#parts, ([partitionKey, parts]) => ({ partitionKey, data: joined(parts) }));
    const batch = { records, lines: this.#lines };
    this.#parts = new Map();
    this.#bytes = 0;
    this.#lines = 0;
    return [batch];
  }

  #hasRoom(key: string, line: Uint8Array): boolean {
    const { lines, records } = this.#limits;
    if (this.#lines === 0) return true;
    if (this.#lines >= lines || (this.#parts.size >= records && !this.#parts.has(key))) return false;
    return this.#bytes + line.length <= USUAL_BATCH;
  }
}

function joined(lines: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lines.reduce((sum, { length }) => sum + length + 1, -1)).fill(NEWLINE);
  let start = 0;
  for (const line of lines) {
    whole.set(line, start);
    start += line.length + 1;
  }
  return whole;
}
