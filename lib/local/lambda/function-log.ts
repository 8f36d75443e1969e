import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

const LARGEST_BYTES = 10 * 1024 * 1024;

/** What a function writes, in a file; when that has grown large, it becomes `.1` and a new one is begun. */
export class FunctionLog {
  readonly #file: string;
  readonly #largest: number;
  #descriptor: number;
  #size: number;

  constructor(file: string, largest = LARGEST_BYTES) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.#file = file;
    this.#largest = largest;
    this.#descriptor = openSync(file, 'a');
    this.#size = statSync(file).size;
  }

  write(line: string): void {
    if (this.#size > this.#largest) this.#beginAnew();
    this.#size += writeSync(this.#descriptor, `${line}\n`);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #beginAnew(): void {
    closeSync(this.#descriptor);
    renameSync(this.#file, `${this.#file}.1`);
    this.#descriptor = openSync(this.#file, 'a');
    this.#size = 0;
  }
}

/** The message of a log line in JSON that tells of an error; undefined for any other line. */
export function errorIn(line: string): string | undefined {
  if (!/"level":\s*"(?:ERROR|CRITICAL)"/.test(line)) return undefined;
  try {
    const { message, error } = JSON.parse(line) as { message?: unknown; error?: { name?: unknown; message?: unknown } };
    return [message, error?.message ?? error?.name].filter((part) => typeof part === 'string').join(': ');
  } catch {
    return undefined;
  }
}
