import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import type { RejectedLine } from '../../lib/core/network/log-reader.ts';

const PART_BYTES = 8 * 1024 * 1024;
/** So many are shown in a log's report; all of them are in the objects it names. */
const SHOWN = 100;

interface WrittenLine {
  readonly reason: string;
  readonly line: string;
  readonly line_number: number;
}

/** The rejected lines of a log, written in parts as they come. */
export class RejectedLines {
  count = 0;
  readonly shown: WrittenLine[] = [];
  readonly keys: string[] = [];
  readonly #output: ObjectStore;
  readonly #keyOf: (part: number) => string;
  #lines: string[] = [];
  #bytes = 0;

  constructor(output: ObjectStore, keyOf: (part: number) => string) {
    this.#output = output;
    this.#keyOf = keyOf;
  }

  add({ lineNumber, reason, text }: RejectedLine): void {
    const written = { reason, line: text, line_number: lineNumber };
    if (this.count++ < SHOWN) this.shown.push(written);
    const line = `${JSON.stringify(written)}\n`;
    this.#lines.push(line);
    this.#bytes += line.length;
  }

  /** Writes what has come, if it is enough for a part. */
  async writeIfDue(): Promise<void> {
    if (this.#bytes >= PART_BYTES) await this.write();
  }

  async write(): Promise<void> {
    if (this.#lines.length === 0) return;
    const key = this.#keyOf(this.keys.length + 1);
    await this.#output.put(key, this.#lines.join(''), 'application/x-ndjson');
    this.keys.push(key);
    this.#lines = [];
    this.#bytes = 0;
  }
}
