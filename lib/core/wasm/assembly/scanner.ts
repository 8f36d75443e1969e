import { hashText, IdText, LONGEST_ID, readNumber } from './ids';
import { secondsAt } from './calendar';
import { setWord, wordAt } from './lists';
import { byteAt, COLON, digitAt, isWholePart, MINUS, POINT, QUOTE, skipDigits, skipPlain } from './text';

/**
 * The fast path of the parser: reads lines of the few shapes that a log is made of, many times faster than `JSON.parse`. What it
 * does not recognise is left to the full parser in TypeScript, which decides alone what is valid; the shape of a line that
 * was valid is then learned from there.
 */

export const PURCHASE: i32 = 0;
export const BEFRIEND: i32 = 1;

export let type: i32 = 0;
export let time: f64 = 0;
/** In millionths: an exact integer. */
export let amount: f64 = 0;
/** The buyer, or the first of two friends. */
export const first = changetype<IdText>(memory.data(16));
export const second = changetype<IdText>(memory.data(16));

/** What stands in a gap between two literal parts of a line; plus UNQUOTED for a JSON number. As in line-shape.ts. */
const END: i32 = 0;
const TIME: i32 = 1;
const FIRST_ID: i32 = 2;
const SECOND_ID: i32 = 3;
const AMOUNT: i32 = 4;
const UNQUOTED: i32 = 8;

/**
 * A shape in memory: the event's type, then literal parts of the line. Each has its full words of 8 bytes, which makes comparing
 * several times faster than byte by byte, and the rest behind a mask of the bytes that count.
 */
@unmanaged
class Part {
  /** Of the literal, in bytes. */
  length: u32;
  /** What follows it. */
  gap: i32;
  rest: u64;
  restMask: u64;
  // The words come next.
}

const MOST_SHAPES: u32 = 8;
const SHAPE_SIZE: u32 = 4096;
/** The shapes' addresses, the most frequent first. */
const shapes: usize = memory.data(4 * MOST_SHAPES);
const shapeRoom: usize = memory.data(SHAPE_SIZE * MOST_SHAPES);
let shapeCount: u32 = 0;

/** Learns the shape that stands at a place, in place of the rarest one if there is no room. */
export function learnShape(shape: usize, size: u32): void {
  for (let index: u32 = 0; index < shapeCount; index++) {
    if (memory.compare(wordAt(shapes, index), shape, size) == 0) return;
  }
  if (shapeCount < MOST_SHAPES) setWord(shapes, shapeCount, <u32>shapeRoom + shapeCount++ * SHAPE_SIZE);
  memory.copy(wordAt(shapes, shapeCount - 1), shape, size);
}

/** Reads the line at `start`, which must end in a newline: returns where the next line starts, or 0 if it is of no known shape. */
export function scan(start: usize): usize {
  for (let index: u32 = 0; index < shapeCount; index++) {
    const shape = wordAt(shapes, index);
    const next = match(shape, start);
    if (next == 0) continue;
    // Frequent shapes rise to the front, so that a few odd lines cannot make every other line slow.
    if (index > 0) {
      setWord(shapes, index, wordAt(shapes, index - 1));
      setWord(shapes, index - 1, shape);
    }
    return next;
  }
  return 0;
}

function match(shape: usize, start: usize): usize {
  let position = start;
  let part = changetype<Part>(shape + 8);
  while (true) {
    const length = part.length;
    const words = changetype<usize>(part) + offsetof<Part>();
    const wordsSize = length & ~7;
    for (let at: usize = 0; at < wordsSize; at += 8) {
      if (load<u64>(position + at) != load<u64>(words + at)) return 0;
    }
    if ((load<u64>(position + wordsSize) & part.restMask) != part.rest) return 0;
    position += length;
    if (part.gap == END) {
      type = load<i32>(shape);
      return type == BEFRIEND && isSelfFriendship() ? 0 : position;
    }
    position = readGap(part.gap, position);
    if (position == 0) return 0;
    part = changetype<Part>(words + wordsSize);
  }
}

function readGap(gap: i32, position: usize): usize {
  const value = gap & ~UNQUOTED;
  const isQuoted = gap == value;
  if (value == TIME) return readTime(position);
  if (value == AMOUNT) return readAmount(position, isQuoted);
  if (value == FIRST_ID) return isQuoted ? readId(first, position) : readInteger(first, position);
  if (value == SECOND_ID) return isQuoted ? readId(second, position) : readInteger(second, position);
  return isQuoted ? skipPlain(position) : skipNumber(position);
}

/** Eight bytes that no text has. */
const NO_TEXT: u64 = u64.MAX_VALUE;

/** The timestamp last read, in words that overlap: most lines share it with the line before. */
const timeWords: usize = memory.data<u64>([NO_TEXT, NO_TEXT, NO_TEXT]);
let minute: f64 = NaN;

const TIME_LENGTH: usize = 19;

function readTime(position: usize): usize {
  const start = load<u64>(position);
  const middle = load<u64>(position + 8);
  const end = load<u64>(position + TIME_LENGTH - 8);
  const isSameMinute = start == load<u64>(timeWords) && middle == load<u64>(timeWords + 8);
  if (!isSameMinute || end != load<u64>(timeWords + 16)) {
    const read = isSameMinute ? readSeconds(position) : secondsAt(position);
    if (isNaN(read)) return 0;
    time = read;
    if (!isSameMinute) minute = read - <f64>(digitAt(position + 17) * 10 + digitAt(position + 18));
    store<u64>(timeWords, start);
    store<u64>(timeWords + 8, middle);
    store<u64>(timeWords + 16, end);
  }
  return position + TIME_LENGTH;
}

/** `YYYY-MM-DD HH:MM:SS` within the minute of the timestamp last read, else NaN. */
function readSeconds(position: usize): f64 {
  const tens = digitAt(position + 17);
  const ones = digitAt(position + 18);
  if (byteAt(position + 16) != COLON || tens > 5 || ones > 9) return NaN;
  return minute + <f64>(tens * 10 + ones);
}

function readId(id: IdText, position: usize): usize {
  const numberEnd = readNumber(id, position);
  if (numberEnd > position && byteAt(numberEnd) == QUOTE) return numberEnd;
  const end = skipPlain(position);
  if (end == position || end - position > LONGEST_ID || byteAt(end) != QUOTE) return 0;
  hashText(id, position, end);
  return end;
}

function readInteger(id: IdText, position: usize): usize {
  const end = skipDigits(position);
  if (!isWholePart(position, end) || end - position > LONGEST_ID) return 0;
  if (readNumber(id, position) != end) hashText(id, position, end);
  return end;
}

/** Digits before the point with which an amount in millionths still is an exact integer in a double. */
const EXACT_DIGITS: usize = 9;
const MOST_DECIMALS: usize = 6;

function readAmount(position: usize, isQuoted: bool): usize {
  let value: u64 = 0;
  let at = position;
  for (let digit = digitAt(at); digit < 10; digit = digitAt(++at)) value = value * 10 + digit;
  const wholeDigits = at - position;
  if (wholeDigits == 0 || wholeDigits > EXACT_DIGITS) return 0;
  if (!isQuoted && !isWholePart(position, at)) return 0;
  let missing = MOST_DECIMALS;
  if (byteAt(at) == POINT) {
    for (let digit = digitAt(++at); digit < 10 && missing > 0; digit = digitAt(++at)) {
      value = value * 10 + digit;
      missing--;
    }
    if (missing == MOST_DECIMALS) return 0;
  }
  for (; missing > 0; missing--) value *= 10;
  amount = <f64>value;
  return at;
}

function skipNumber(position: usize): usize {
  const start = byteAt(position) == MINUS ? position + 1 : position;
  const end = skipDigits(start);
  if (!isWholePart(start, end)) return 0;
  if (byteAt(end) != POINT) return end;
  const decimalsEnd = skipDigits(end + 1);
  return decimalsEnd == end + 1 ? 0 : decimalsEnd;
}

function isSelfFriendship(): bool {
  if (first.number != second.number) return false;
  return first.number >= 0 || (first.hash == second.hash && first.end - first.start == second.end - second.start);
}
