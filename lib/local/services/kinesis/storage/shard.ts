import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { frameOf, type ShardRecord } from './frame.ts';
import { Segment } from './segment.ts';

export type NewRecord = Pick<ShardRecord, 'partitionKey' | 'data'>;

interface Put {
  readonly records: readonly NewRecord[];
  /** Given the index of the first record. */
  readonly resolve: (first: number) => void;
  readonly reject: (error: unknown) => void;
}

export interface ShardOptions {
  readonly now: () => number;
  /** How long records stay. */
  readonly retention: () => number;
  /** How many bytes a file takes before the next is begun. */
  readonly segmentLength?: number;
}

const SEGMENT_LENGTH = 32 * 1024 * 1024;

/** An append-only log in a folder of files; files all of whose records are past retention go. */
export class Shard {
  readonly #folder: string;
  readonly #options: ShardOptions;
  readonly #segments: Segment[];
  #waiting: Put[] = [];
  #writing: Promise<void> | undefined;

  private constructor(folder: string, segments: Segment[], options: ShardOptions) {
    this.#folder = folder;
    this.#segments = segments;
    this.#options = options;
  }

  static async open(folder: string, options: ShardOptions): Promise<Shard> {
    await mkdir(folder, { recursive: true });
    const firsts = (await readdir(folder)).map((name) => Number.parseInt(name, 10)).toSorted((a, b) => a - b);
    const segments: Segment[] = [];
    for (const first of firsts.length > 0 ? firsts : [1])
      segments.push(await Segment.open(fileOf(folder, first), first));
    const damaged = segments.find(({ end }, at) => end !== (segments[at + 1]?.first ?? end));
    if (damaged !== undefined) throw new Error(`${damaged.path} is damaged behind its record ${damaged.end - 1}`);
    await segments.at(-1)?.cutTail();
    return new Shard(folder, segments, options);
  }

  /** The index that the next record gets. */
  get end(): number {
    return this.#last.end;
  }

  /** Puts records in their order; gives the index of the first. They are on the disk when it comes back. */
  append(records: readonly NewRecord[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** The index of the first record that is still kept. */
  trimHorizon(): number {
    return this.firstSince(this.#options.now() - this.#options.retention());
  }

  firstSince(time: number): number {
    const segment = this.#segments.find(({ lastArrival }) => lastArrival >= time);
    return segment?.firstSince(time) ?? this.end;
  }

  /** When a record arrived; undefined if there is none. */
  arrivalOf(index: number): number | undefined {
    return index < this.end ? this.#segmentOf(index).arrivalOf(index) : undefined;
  }

  /** Records from an index on, of one file at a time: at most so many, and of so many bytes, but one at least if there is one. */
  async read(from: number, limit: number, maxBytes: number): Promise<ShardRecord[]> {
    return from < this.end ? this.#segmentOf(from).read(from, limit, maxBytes) : [];
  }

  async close(): Promise<void> {
    await this.#writing;
    for (const segment of this.#segments) await segment.close();
  }

  async #writeAll(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#write(this.#waiting.splice(0));
    this.#writing = undefined;
  }

  /** Many puts, one wait for the disk. */
  async #write(puts: readonly Put[]): Promise<void> {
    const first = this.end;
    // Arrivals never go back, even if the clock does: reading from a time searches in them.
    const arrivedAt = Math.max(this.#options.now(), this.#last.lastArrival);
    const records = puts.flatMap((put) => put.records);
    const frames = records.map((record, at) => frameOf({ ...record, index: first + at, arrivedAt }));
    try {
      await this.#last.append(frames, arrivedAt);
      await this.#turnOver();
    } catch (error) {
      for (const { reject } of puts) reject(error);
      return;
    }
    let index = first;
    for (const put of puts) {
      put.resolve(index);
      index += put.records.length;
    }
  }

  async #turnOver(): Promise<void> {
    if (this.#last.size < (this.#options.segmentLength ?? SEGMENT_LENGTH)) return;
    this.#segments.push(await Segment.open(fileOf(this.#folder, this.end), this.end));
    const horizon = this.trimHorizon();
    const gone = this.#segments.filter(({ end }) => end <= horizon).slice(0, this.#segments.length - 1);
    this.#segments.splice(0, gone.length);
    for (const segment of gone) await segment.remove();
  }

  #segmentOf(index: number): Segment {
    return this.#segments.findLast(({ first }) => first <= index) ?? this.#last;
  }

  get #last(): Segment {
    const last = this.#segments.at(-1);
    if (last === undefined) throw new Error(`${this.#folder} has no file`);
    return last;
  }
}

function fileOf(folder: string, first: number): string {
  return path.join(folder, `${String(first).padStart(20, '0')}.log`);
}
