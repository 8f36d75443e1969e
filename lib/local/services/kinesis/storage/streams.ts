import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { KinesisError, noSuchStream } from '../kinesis-error.ts';
import { Stream, writeSettings, type StreamSettings } from './stream.ts';

/** The streams: a folder each, `NAME.stream`. One that is being made or deleted has another ending, and goes at the next start. */
export class Streams {
  readonly now: () => number;
  readonly #folder: string;
  readonly #streams = new Map<string, Stream>();
  readonly #beingMade = new Set<string>();

  private constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.now = now;
  }

  static async open(folder: string, now: () => number): Promise<Streams> {
    await mkdir(folder, { recursive: true });
    const streams = new Streams(folder, now);
    for (const name of await readdir(folder)) await streams.#open(name);
    return streams;
  }

  names(): string[] {
    return [...this.#streams.keys()].toSorted();
  }

  /** @throws KinesisError ResourceNotFoundException */
  get(name: string): Stream {
    const stream = this.#streams.get(name);
    if (stream === undefined) throw noSuchStream(name);
    return stream;
  }

  async create(settings: StreamSettings): Promise<void> {
    const { name } = settings;
    if (this.#streams.has(name) || this.#beingMade.has(name)) {
      throw new KinesisError('ResourceInUseException', `Stream ${name} already exists.`);
    }
    this.#beingMade.add(name);
    try {
      const aside = path.join(this.#folder, `${name}.new`);
      await mkdir(aside);
      await writeSettings(aside, settings);
      await rename(aside, this.#folderOf(name));
      this.#streams.set(name, await Stream.open(this.#folderOf(name), this.now));
    } finally {
      this.#beingMade.delete(name);
    }
  }

  async delete(name: string): Promise<void> {
    const stream = this.get(name);
    this.#streams.delete(name);
    await stream.close();
    const gone = path.join(this.#folder, `${name}-${stream.settings.createdAt}.gone`);
    await rename(this.#folderOf(name), gone);
    await rm(gone, { recursive: true });
  }

  async close(): Promise<void> {
    for (const stream of this.#streams.values()) await stream.close();
  }

  async #open(folder: string): Promise<void> {
    const [, name] = /^(.+)\.stream$/.exec(folder) ?? [];
    if (name === undefined) await rm(path.join(this.#folder, folder), { recursive: true });
    else this.#streams.set(name, await Stream.open(path.join(this.#folder, folder), this.now));
  }

  #folderOf(name: string): string {
    return path.join(this.#folder, `${name}.stream`);
  }
}
