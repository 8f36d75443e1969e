import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

const LARGEST_BYTES = 10 * 1024 * 1024;

/**
 * What a function writes, in a file; when that has grown large, it becomes `.1` and a new one is begun. Lines for which the disk
 * has no room are left out: a log is not worth the run.
 */
export class FunctionLog {
  readonly #file: string;
  readonly #largest: number;
  #descriptor: number;
  #size: number;
  #leftOut = 0;

  constructor(file: string, largest = LARGEST_BYTES) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.#file = file;
    this.#largest = largest;
    this.#descriptor = openSync(file, 'a');
    this.#size = statSync(file).size;
  }

  /** How many lines had to be left out. */
  get leftOut(): number {
    return this.#leftOut;
  }

  write(line: string): void {
    try {
      if (this.#size > this.#largest) this.#beginAnew();
      this.#size += writeSync(this.#descriptor, `${line}\n`);
    } catch {
      this.#leftOut++;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #beginAnew(): void {
    renameSync(this.#file, `${this.#file}.1`);
    const descriptor = openSync(this.#file, 'a');
    closeSync(this.#descriptor);
    this.#descriptor = descriptor;
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
