import { NEWLINE } from '../events/line-buffer.ts';
import { formatEnvelope, type Envelope } from './envelope.ts';
import { withoutByteOrderMark } from './split-lines.ts';

/** A line of a log, without its newline; every line of the log has a number, blank and bad ones too. */
export interface NumberedLine {
  /** Counted from 0. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export type WrittenRecord = FullRecord | OverlongLine;

/** A record to be put. Those of one source are to be put in order, one after the other. */
export interface FullRecord {
  readonly type: 'record';
  readonly data: Uint8Array;
  /** The number of the first line behind the record: what has been put of the source once the stream has the record. */
  readonly next: number;
  readonly lines: number;
}

/** A line that fits into no record of the stream. */
export interface OverlongLine {
  readonly type: 'overlong';
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface RecordWriterOptions extends Omit<Envelope, 'offset'> {
  /** By default 256 KB. A line that is longer by itself makes a record by itself. */
  readonly largestRecord?: number;
}

/** Kinesis takes 1 MiB, in which it counts the partition key: a network's name of at most 64 characters. */
export const LARGEST_RECORD = 1024 * 1024 - 64;

const USUAL_RECORD = 256 * 1024;

const encoder = new TextEncoder();

/** Cuts a log into records, each headed by an envelope. Gives records as they become full. */
export class RecordWriter {
  readonly #source: Omit<Envelope, 'offset'>;
  readonly #largest: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  #next = 0;
  #lines = 0;

  constructor({ largestRecord = USUAL_RECORD, ...source }: RecordWriterOptions) {
    this.#source = source;
    this.#largest = Math.min(largestRecord, LARGEST_RECORD);
  }

  /** Takes the next line; its bytes may be overwritten after the call. */
  add({ offset, bytes }: NumberedLine): WrittenRecord[] {
    const line = offset === 0 ? withoutByteOrderMark(bytes) : bytes;
    const envelope = encoder.encode(`${formatEnvelope({ ...this.#source, offset })}\n`);
    if (envelope.length + line.length > LARGEST_RECORD) {
      return [...this.end(), { type: 'overlong', offset, bytes: new Uint8Array(line) }];
    }
    const isFull = this.#length + 1 + line.length > this.#largest;
    const full = isFull || offset !== this.#next ? this.end() : [];
    if (this.#lines === 0) this.#append(envelope);
    else this.#append(LINE_END);
    // Not `slice`: of a Buffer it is no copy.
    this.#append(new Uint8Array(line));
    this.#next = offset + 1;
    this.#lines++;
    return full;
  }

  /** The record that is not full, if any line waits in it. */
  end(): FullRecord[] {
    if (this.#lines === 0) return [];
    const data = concatenate(this.#parts, this.#length);
    const record: FullRecord = { type: 'record', data, next: this.#next, lines: this.#lines };
    this.#parts = [];
    this.#length = 0;
    this.#lines = 0;
    return [record];
  }

  #append(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }
}

const LINE_END = Uint8Array.of(NEWLINE);

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
