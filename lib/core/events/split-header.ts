import { LONGEST_LINE, NEWLINE } from './line-buffer.ts';

/** A log split behind its first line that is not blank. */
export interface SplitLog {
  /** That line, without white space around it; `''` if the log is blank. */
  readonly line: string;
  readonly lineNumber: number;
  /** What follows the line. */
  readonly rest: AsyncIterable<Uint8Array>;
}

/** Splits a log, reading no further than it must. A chunk may be overwritten once the next one is asked for. */
export async function splitHeader(chunks: AsyncIterable<Uint8Array>): Promise<SplitLog> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  for (let lineNumber = 1; ; lineNumber++) {
    head = await readLine(head, iterator);
    const newline = head.indexOf(NEWLINE);
    const end = newline < 0 ? head.length : newline;
    const line = new TextDecoder().decode(head.subarray(0, end)).trim();
    head = head.subarray(end + 1);
    if (line !== '' || newline < 0) return { line, lineNumber, rest: goOn(head, iterator) };
  }
}

/** The bytes with as many more as it takes to the next newline, if there is one. */
async function readLine(bytes: Uint8Array, iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let line = bytes;
  while (!line.includes(NEWLINE) && line.length <= LONGEST_LINE) {
    const next = await iterator.next();
    if (next.done === true) return line;
    const longer = new Uint8Array(line.length + next.value.length);
    longer.set(line);
    longer.set(next.value, line.length);
    line = longer;
  }
  return line;
}

async function* goOn(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
