import { open, rm, type FileHandle } from 'node:fs/promises';
import { frameLength, readFrame, type ShardRecord } from './frame.ts';

/** A file of a shard's records, one after the other, and where in it each lies. */
export class Segment {
  readonly path: string;
  /** The index of its first record. */
  readonly first: number;
  readonly #handle: FileHandle;
  readonly #offsets: number[] = [];
  readonly #arrivals: number[] = [];
  #size = 0;

  private constructor(path: string, first: number, handle: FileHandle) {
    this.path = path;
    this.first = first;
    this.#handle = handle;
  }

  /** Opens or begins a file. */
  static async open(path: string, first: number): Promise<Segment> {
    const segment = new Segment(path, first, await open(path, 'a+'));
    await segment.#scan();
    return segment;
  }

  /** Cuts off a record that was being written when the process was killed. */
  async cutTail(): Promise<void> {
    await this.#handle.truncate(this.#size);
  }

  get size(): number {
    return this.#size;
  }

  /** The index behind its last record. */
  get end(): number {
    return this.first + this.#offsets.length;
  }

  get lastArrival(): number {
    return this.#arrivals.at(-1) ?? 0;
  }

  /** All frames, on the disk; or, with an error, none. */
  async append(frames: readonly Buffer[], arrivedAt: number): Promise<void> {
    try {
      await this.#handle.appendFile(Buffer.concat(frames));
      await this.#handle.datasync();
    } catch (error) {
      await this.#handle.truncate(this.#size);
      throw error;
    }
    for (const frame of frames) this.#note(frame.length, arrivedAt);
  }

  /** Records from an index of this segment on: at most so many, and of so many bytes, but one at least. */
  async read(from: number, limit: number, maxBytes: number): Promise<ShardRecord[]> {
    const start = from - this.first;
    let end = start + 1;
    while (
      end < this.#offsets.length &&
      end - start < limit &&
      this.#offsetOf(end + 1) - this.#offsetOf(start) <= maxBytes
    ) {
      end += 1;
    }
    const bytes = Buffer.allocUnsafe(this.#offsetOf(end) - this.#offsetOf(start));
    await this.#handle.read(bytes, 0, bytes.length, this.#offsetOf(start));
    return Array.from({ length: end - start }, (_, index) => {
      const at = this.#offsetOf(start + index) - this.#offsetOf(start);
      return readFrame(bytes.subarray(at, at + this.#offsetOf(start + index + 1) - this.#offsetOf(start + index)));
    });
  }

  /** The index of the first record that did not arrive before that time; `end` if all did. */
  firstSince(time: number): number {
    let low = 0;
    let high = this.#arrivals.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#arrivals[middle] ?? 0) >= time) high = middle;
      else low = middle + 1;
    }
    return this.first + low;
  }

  arrivalOf(index: number): number {
    return this.#arrivals[index - this.first] ?? 0;
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #scan(): Promise<void> {
    let rest = Buffer.alloc(0);
    for await (const chunk of this.#handle.createReadStream({
      start: 0,
      autoClose: false,
      highWaterMark: SCAN_LENGTH,
    })) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      for (let length = frameLength(rest); length > 0; length = frameLength(rest)) {
        this.#note(length, readFrame(rest.subarray(0, length)).arrivedAt);
        rest = rest.subarray(length);
      }
    }
  }

  #note(length: number, arrivedAt: number): void {
    this.#offsets.push(this.#size);
    this.#arrivals.push(arrivedAt);
    this.#size += length;
  }

  #offsetOf(position: number): number {
    return this.#offsets[position] ?? this.#size;
  }
}

const SCAN_LENGTH = 4 * 1024 * 1024;
