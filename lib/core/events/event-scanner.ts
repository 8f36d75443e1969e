import type { NetworkEvent, Seconds } from './event.ts';
import { HASH_PRIME, HASH_START } from './id-hash.ts';
import { GAP, shapeOf, UNQUOTED, type LineShape } from './line-shape.ts';
import { secondsAt } from './timestamp.ts';

const MOST_SHAPES = 8;
/** Digits before the point with which an amount in millionths still is an exact integer in a double. */
const EXACT_DIGITS = 9;
/** Millionths per unit of the last digit, by the number of decimals. */
const MICROS = Float64Array.of(1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1);

/** A digit stands for any digit. */
const TIMESTAMP = Uint8Array.from('0000-00-00 00:00:00', (character) => character.charCodeAt(0));

const QUOTE = 34;
const BACKSLASH = 92;
const ZERO = 48;
const POINT = 46;
const MINUS = 45;

/** Where an id stands in the scanned bytes, and its hash as `hashId` gives it. */
export class ScannedId {
  start = 0;
  end = 0;
  hash = 0;
}

/**
 * The fast path of the parser: reads lines of the few shapes that a log is made of, several times faster than `JSON.parse`,
 * without making an object. What it does not recognise is left to `parseEvent`, which decides alone what is valid;
 * `learn` then takes the shape of the line that was valid.
 */
export class EventScanner {
  type: NetworkEvent['type'] = 'purchase';
  time: Seconds = 0;
  /** The buyer, or the first of two friends. */
  readonly first = new ScannedId();
  readonly second = new ScannedId();
  /** In millionths: an exact integer. */
  amount = 0;

  readonly #shapes: LineShape[] = [];
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(this.#bytes.buffer);
  /** The five words of the timestamp last read: most lines share it with the line before. */
  readonly #timeWords = new Int32Array(5);

  /** The bytes to scan from now on; they must go on for LINE_SLACK bytes behind the last line. */
  use(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the line at `start`, which must end in a newline: returns where the next line starts, or -1 if it is of no known shape. */
  scan(start: number): number {
    const shapes = this.#shapes;
    for (let index = 0; index < shapes.length; index++) {
      const end = this.#match(shapes[index]!, start);
      if (end < 0) continue;
      // Frequent shapes rise to the front, so that a few odd lines cannot make every other line slow.
      if (index > 0) [shapes[index - 1], shapes[index]] = [shapes[index]!, shapes[index - 1]!];
      return end;
    }
    return -1;
  }

  /** Takes over the shape of a line that the full parser has read as an event. */
  learn(line: string, type: NetworkEvent['type']): void {
    const shape = shapeOf(line, type);
    if (shape === undefined || this.#shapes.some(({ form }) => form === shape.form)) return;
    if (this.#shapes.length === MOST_SHAPES) this.#shapes.pop();
    this.#shapes.push(shape);
  }

  // The hot loop. Comparing words instead of bytes makes it about three times faster.
  #match(shape: LineShape, start: number): number {
    const view = this.#view;
    const { words, wordEnds, masks, lengths, gaps } = shape;
    let position = start;
    let word = 0;
    for (let part = 0; ; part++) {
      const wordEnd = wordEnds[part]!;
      let at = position;
      for (; word < wordEnd; word++, at += 4) {
        if (view.getInt32(at, true) !== words[word]) return -1;
      }
      const mask = masks[part]!;
      if (mask !== 0 && (view.getInt32(at, true) & mask) !== words[word++]) return -1;
      position += lengths[part]!;
      const gap = gaps[part]!;
      if (gap === GAP.end) {
        this.type = shape.type;
        return this.#isSelfFriendship(shape.type) ? -1 : position;
      }
      position = this.#readGap(gap, position);
      if (position < 0) return -1;
    }
  }

  // One call of each reader: the compiler makes a copy of the reader for every call.
  #readGap(gap: number, position: number): number {
    const value = gap & ~UNQUOTED;
    if (value === GAP.time) return this.#readTime(position);
    if (value === GAP.amount) return this.#readAmount(position, gap === value);
    if (value === GAP.ignored) return gap === value ? this.#skipString(position) : this.#skipNumber(position);
    const id = value === GAP.firstId ? this.first : this.second;
    return gap === value ? this.#readId(id, position) : this.#readInteger(id, position);
  }

  #readTime(position: number): number {
    const view = this.#view;
    const words = this.#timeWords;
    const word0 = view.getInt32(position, true);
    const word1 = view.getInt32(position + 4, true);
    const word2 = view.getInt32(position + 8, true);
    const word3 = view.getInt32(position + 12, true);
    const word4 = view.getInt32(position + 15, true);
    const end = position + 19;
    if (word4 === words[4] && word3 === words[3] && word2 === words[2] && word1 === words[1] && word0 === words[0]) {
      return end;
    }
    const time = this.#parseTime(position);
    if (Number.isNaN(time)) return -1;
    this.time = time;
    words[0] = word0;
    words[1] = word1;
    words[2] = word2;
    words[3] = word3;
    words[4] = word4;
    return end;
  }

  /** `YYYY-MM-DD HH:MM:SS`, else NaN. */
  #parseTime(position: number): Seconds {
    const bytes = this.#bytes;
    let digits = 0;
    for (let at = 0; at < TIMESTAMP.length; at++) {
      const byte = bytes[position + at]!;
      const digit = byte - ZERO;
      if (isDigit(digit) && isDigit(TIMESTAMP[at]! - ZERO)) digits = digits * 10 + digit;
      else if (byte !== TIMESTAMP[at]) return NaN;
    }
    return secondsAt(digits);
  }

  #readId(id: ScannedId, position: number): number {
    const bytes = this.#bytes;
    let hash = HASH_START;
    let at = position;
    for (let byte = bytes[at]!; byte !== QUOTE; byte = bytes[++at]!) {
      if (!isPlain(byte)) return -1;
      hash = Math.imul(hash ^ byte, HASH_PRIME);
    }
    id.start = position;
    id.end = at;
    id.hash = hash;
    return at === position ? -1 : at;
  }

  #readInteger(id: ScannedId, position: number): number {
    const end = this.#skipDigits(position);
    if (!this.#isWholePart(position, end)) return -1;
    let hash = HASH_START;
    for (let at = position; at < end; at++) hash = Math.imul(hash ^ this.#bytes[at]!, HASH_PRIME);
    id.start = position;
    id.end = end;
    id.hash = hash;
    return end;
  }

  #readAmount(position: number, quoted: boolean): number {
    const bytes = this.#bytes;
    let value = 0;
    let at = position;
    let digit = bytes[at]! - ZERO;
    for (; isDigit(digit); digit = bytes[++at]! - ZERO) value = value * 10 + digit;
    const wholeDigits = at - position;
    if (wholeDigits === 0 || wholeDigits > EXACT_DIGITS) return -1;
    if (!quoted && !this.#isWholePart(position, at)) return -1;
    let decimals = 0;
    if (bytes[at] === POINT) {
      const pointAt = at;
      digit = bytes[++at]! - ZERO;
      for (; isDigit(digit) && at - pointAt < MICROS.length; digit = bytes[++at]! - ZERO) value = value * 10 + digit;
      decimals = at - pointAt - 1;
      if (decimals === 0) return -1;
    }
    this.amount = value * MICROS[decimals]!;
    return at;
  }

  #skipString(position: number): number {
    const bytes = this.#bytes;
    let at = position;
    while (isPlain(bytes[at]!)) at++;
    return at;
  }

  #skipNumber(position: number): number {
    const whole = this.#bytes[position] === MINUS ? position + 1 : position;
    const end = this.#skipDigits(whole);
    if (!this.#isWholePart(whole, end)) return -1;
    if (this.#bytes[end] !== POINT) return end;
    const decimalsEnd = this.#skipDigits(end + 1);
    return decimalsEnd === end + 1 ? -1 : decimalsEnd;
  }

  #skipDigits(position: number): number {
    let at = position;
    while (isDigit(this.#bytes[at]! - ZERO)) at++;
    return at;
  }

  /** Whether JSON allows these digits before a number's point: at least one, and no leading zero. */
  #isWholePart(start: number, end: number): boolean {
    return end > start && (this.#bytes[start] !== ZERO || end === start + 1);
  }

  #isSelfFriendship(type: NetworkEvent['type']): boolean {
    const { first, second } = this;
    return type === 'befriend' && first.hash === second.hash && first.end - first.start === second.end - second.start;
  }
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9;
}

/** Stands for itself in a JSON string, in one byte. */
function isPlain(byte: number): boolean {
  return byte >= 32 && byte <= 126 && byte !== QUOTE && byte !== BACKSLASH;
}
