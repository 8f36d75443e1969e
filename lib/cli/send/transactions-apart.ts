import { LONGEST_LINE } from '../../core/cloud/lines-by-key.ts';
import { withoutByteOrderMark } from '../../core/cloud/split-lines.ts';
import { typesOf } from '../../core/events/event-types.ts';
import { NEWLINE } from '../../core/events/line-buffer.ts';
import { keyOfTransaction } from './transaction-key.ts';

/** Called for each transaction; has to be waited for before the next. False for one that is to go with the other lines. */
type OnTransaction = (key: string, line: Uint8Array) => Promise<boolean>;

const MARKS = typesOf('transaction').map((type) => Buffer.from(JSON.stringify(type)));

/**
 * Takes the transactions out of a log: gives the other lines as they are, in chunks cut anywhere. A log without transactions
 * is passed on whole, chunk by chunk.
 */
export async function* transactionsApart(
  chunks: AsyncIterable<Uint8Array>,
  onTransaction: OnTransaction,
): AsyncGenerator<Uint8Array> {
  let carried: Uint8Array = new Uint8Array(0);
  // The beginning of the line is too long for a transaction, and has been passed on already.
  let isBegun = false;
  let isFirst = true;
  for await (const chunk of chunks) {
    const data = carried.length > 0 ? Buffer.concat([carried, chunk]) : isFirst ? withoutByteOrderMark(chunk) : chunk;
    isFirst = false;
    const begun = isBegun ? data.indexOf(NEWLINE) + 1 : 0;
    const end = Math.max(begun, data.lastIndexOf(NEWLINE) + 1);
    if (begun > 0) yield data.subarray(0, begun);
    if (end > begun) yield* otherLines(data.subarray(begun, end), onTransaction);
    isBegun = data.length - end > LONGEST_LINE || (isBegun && end === 0);
    if (isBegun) yield data.subarray(end);
    carried = isBegun ? new Uint8Array(0) : Uint8Array.from(data.subarray(end));
  }
  if (carried.length > 0) yield* otherLines(carried, onTransaction);
}

/** Where a line may be a transaction; -1 if none may. */
function nextMark(bytes: Buffer, from: number): number {
  const places = MARKS.map((mark) => bytes.indexOf(mark, from)).filter((place) => place >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}

async function* otherLines(lines: Uint8Array, onTransaction: OnTransaction): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.length);
  let given = 0;
  for (let mark = nextMark(bytes, 0); mark >= 0;) {
    const start = bytes.lastIndexOf(NEWLINE, mark) + 1;
    const newline = bytes.indexOf(NEWLINE, mark);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    const key = keyOfTransaction(line.toString());
    if (key !== undefined && (await onTransaction(key, line))) {
      if (start > given) yield bytes.subarray(given, start);
      given = Math.min(end + 1, bytes.length);
    }
    mark = nextMark(bytes, end);
  }
  if (given < bytes.length) yield bytes.subarray(given);
}
