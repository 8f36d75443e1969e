import { createReadStream } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';

const NEW_LINE = 10;

/** A file of lines that only grows. A line that was being written when the process was killed is cut off when it is opened. */
export class LineFile {
  readonly #path: string;
  #handle: FileHandle;
  #size: number;

  private constructor(path: string, handle: FileHandle, size: number) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
  }

  static async open(path: string, read: (line: string) => void): Promise<LineFile> {
    const handle = await open(path, 'a+');
    const size = await readLines(path, read);
    await handle.truncate(size);
    return new LineFile(path, handle, size);
  }

  /** All lines, on the disk; or, with an error, none. */
  async append(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    try {
      await this.#handle.appendFile(bytes);
      await this.#handle.datasync();
    } catch (error) {
      await this.#handle.truncate(this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Puts other lines in place of all, at once. */
  async replace(lines: Iterable<string>): Promise<void> {
    const aside = await open(`${this.#path}.new`, 'w');
    let size = 0;
    for (const block of inBlocks(lines)) size += (await aside.write(block)).bytesWritten;
    await aside.datasync();
    await aside.close();
    await rename(`${this.#path}.new`, this.#path);
    await this.#handle.close();
    this.#handle = await open(this.#path, 'a+');
    this.#size = size;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Gives the length of the whole lines. */
async function readLines(path: string, read: (line: string) => void): Promise<number> {
  let size = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const end = bytes.lastIndexOf(NEW_LINE) + 1;
    for (const line of bytes.toString('utf8', 0, end).split('\n')) if (line !== '') read(line);
    size += end;
    rest = bytes.subarray(end);
  }
  return size;
}

const BLOCK_LENGTH = 1024 * 1024;

function* inBlocks(lines: Iterable<string>): Iterable<Buffer> {
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < BLOCK_LENGTH) continue;
    yield Buffer.from(block);
    block = '';
  }
  yield Buffer.from(block);
}
