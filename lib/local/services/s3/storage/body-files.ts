import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { BodyPiece } from './stored-object.ts';

/** The bytes of objects: one file a put or part, under a name of its own, so that no key needs to be a file name. */
export class BodyFiles {
  readonly #folder: string;
  /** How many are reading a file, and which of these go when the last has read it. */
  readonly #readers = new Map<string, number>();
  readonly #doomed = new Set<string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<BodyFiles> {
    await mkdir(folder, { recursive: true });
    return new BodyFiles(folder);
  }

  /** Writes a new file as the bytes come, on the disk when it comes back. If they do not come whole, no file stays. */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<BodyPiece> {
    const file = randomUUID();
    const handle = await open(this.#pathOf(file), 'wx');
    try {
      const size = await writeAll(handle, chunks);
      await handle.datasync();
      return { file, size };
    } catch (error) {
      await rm(this.#pathOf(file), { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  }

  /** Copies files; the bytes do not pass through here. */
  async copy(pieces: readonly BodyPiece[]): Promise<BodyPiece[]> {
    this.#hold(pieces);
    try {
      return await Promise.all(pieces.map((piece) => this.#copy(piece)));
    } finally {
      this.#letGo(pieces);
    }
  }

  /**
   * The bytes from `start` on, up to and without `end`. They stay readable from this call until the stream closes,
   * whatever is deleted meanwhile: so it must be read to its end, or destroyed.
   */
  read(pieces: readonly BodyPiece[], start: number, end: number): Readable {
    this.#hold(pieces);
    return Readable.from(this.#chunksOf(pieces, start, end), { objectMode: false }).once('close', () => {
      this.#letGo(pieces);
    });
  }

  remove(files: readonly string[]): void {
    for (const file of files) {
      if (this.#readers.has(file)) this.#doomed.add(file);
      // What cannot be removed now is swept at the next start.
      else rm(this.#pathOf(file), { force: true }).catch(() => undefined);
    }
  }

  /** Removes all files but these: what a kill left half-way. */
  async sweep(kept: ReadonlySet<string>): Promise<void> {
    for (const file of await readdir(this.#folder)) if (!kept.has(file)) await rm(this.#pathOf(file), { force: true });
  }

  async *#chunksOf(pieces: readonly BodyPiece[], start: number, end: number): AsyncGenerator<Uint8Array, void> {
    let offset = 0;
    for (const { file, size } of pieces) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, size);
      if (from < to) yield* readPart(this.#pathOf(file), from, to);
      offset += size;
    }
  }

  async #copy({ file, size }: BodyPiece): Promise<BodyPiece> {
    const copy = { file: randomUUID(), size };
    await copyFile(this.#pathOf(file), this.#pathOf(copy.file));
    return copy;
  }

  #hold(pieces: readonly BodyPiece[]): void {
    for (const { file } of pieces) this.#readers.set(file, (this.#readers.get(file) ?? 0) + 1);
  }

  #letGo(pieces: readonly BodyPiece[]): void {
    for (const { file } of pieces) {
      const readers = (this.#readers.get(file) ?? 1) - 1;
      if (readers > 0) {
        this.#readers.set(file, readers);
        continue;
      }
      this.#readers.delete(file);
      if (this.#doomed.delete(file)) this.remove([file]);
    }
  }

  #pathOf(file: string): string {
    return path.join(this.#folder, file);
  }
}

async function writeAll(handle: FileHandle, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) {
    await handle.appendFile(chunk);
    size += chunk.length;
  }
  return size;
}

const CHUNK_LENGTH = 256 * 1024;

async function* readPart(file: string, start: number, end: number): AsyncGenerator<Uint8Array, void> {
  const handle = await open(file, 'r');
  try {
    for (let position = start; position < end;) {
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.allocUnsafe(Math.min(CHUNK_LENGTH, end - position)),
        position,
      });
      if (bytesRead === 0) throw new Error(`${file} is shorter than it should be`);
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
