import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileChunks } from '../files/file-chunks.ts';
import { textLines } from './text-lines.ts';

const TAIL_BYTES = 64 * 1024;

/**
 * A file that lines of JSON are appended to. A line is handed over to the system before `append` comes back, so that it
 * outlives the process; half a line, as a crash of the machine may leave, is cut off when the file is next opened.
 */
export class JsonLinesFile {
  readonly #file: number;

  private constructor(file: number) {
    this.#file = file;
  }

  static open(name: string): JsonLinesFile {
    mkdirSync(path.dirname(name), { recursive: true });
    const file = openSync(name, 'a+');
    cutHalfLine(file);
    return new JsonLinesFile(file);
  }

  append(record: object): void {
    writeSync(this.#file, `${JSON.stringify(record)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What the lines say for which a test of their text holds; nothing if there is no file. */
export async function* readJsonLines(name: string, isWanted: (text: string) => boolean): AsyncGenerator {
  if (!existsSync(name)) return;
  for await (const { text = '' } of textLines(fileChunks(name))) {
    const record = isWanted(text) ? parsed(text) : undefined;
    if (record !== undefined) yield record;
  }
}

/** Half a line says nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cutHalfLine(file: number): void {
  const { size } = fstatSync(file);
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
  readSync(file, tail, 0, tail.length, size - tail.length);
  const whole = size - tail.length + tail.lastIndexOf('\n') + 1;
  if (whole < size) ftruncateSync(file, whole);
}
