import type { NetworkEvent, Seconds } from './event.ts';
import { HASH_PRIME, HASH_START, ID_NUMBERS } from './id-hash.ts';
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
const COLON = 58;
const MINUS = 45;

/** Where an id stands in the scanned bytes, and what it is found by. */
export class ScannedId {
  start = 0;
  end = 0;
  /** The id itself, if it is a number below {@link ID_NUMBERS} as JSON would write it; else -1. */
  number = -1;
  /** As `hashId` gives it, if the id is no such number. */
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
  /** The timestamp last read, in words that overlap: most lines share it with the line before. */
  #minute: Seconds = NaN;
  readonly #timeWords = new Float64Array(3).fill(NaN);

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

  // The hot loop. Comparing words of 8 bytes makes it several times faster than comparing bytes.
  #match(shape: LineShape, start: number): number {
    const view = this.#view;
    const { words, wordEnds, rests, lengths, gaps } = shape;
    let position = start;
    let word = 0;
    for (let part = 0; ; part++) {
      const wordEnd = wordEnds[part]!;
      let at = position;
      for (; word < wordEnd; word++, at += 8) {
        if (view.getFloat64(at, true) !== words[word]) return -1;
      }
      const rest = part * 4;
      if ((view.getInt32(at, true) & rests[rest]!) !== rests[rest + 1]) return -1;
      if ((view.getInt32(at + 4, true) & rests[rest + 2]!) !== rests[rest + 3]) return -1;
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
    const first = view.getFloat64(position, true);
    const second = view.getFloat64(position + 8, true);
    const last = view.getFloat64(position + TIMESTAMP.length - 8, true);
    if (last === words[2] && second === words[1] && first === words[0]) return position + TIMESTAMP.length;
    const time = second === words[1] && first === words[0] ? this.#parseSeconds(position) : this.#parseTime(position);
    if (Number.isNaN(time)) return -1;
    this.time = time;
    words[0] = first;
    words[1] = second;
    words[2] = last;
    return position + TIMESTAMP.length;
  }

  /** `YYYY-MM-DD HH:MM:SS` within the minute of the timestamp last read, else NaN. */
  #parseSeconds(position: number): Seconds {
    const bytes = this.#bytes;
    const tens = bytes[position + 17]! - ZERO;
    const ones = bytes[position + 18]! - ZERO;
    if (bytes[position + 16] !== COLON || !isDigit(tens) || !isDigit(ones) || tens > 5) return NaN;
    return this.#minute + tens * 10 + ones;
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
    const time = secondsAt(digits);
    this.#minute = time - (digits % 100);
    return time;
  }

  #readId(id: ScannedId, position: number): number {
    const numberEnd = this.#readNumber(id, position);
    if (numberEnd > position && this.#bytes[numberEnd] === QUOTE) return numberEnd;
    const bytes = this.#bytes;
    let hash = HASH_START;
    let at = position;
    for (let byte = bytes[at]!; byte !== QUOTE; byte = bytes[++at]!) {
      if (!isPlain(byte)) return -1;
      hash = Math.imul(hash ^ byte, HASH_PRIME);
    }
    id.end = at;
    id.number = -1;
    id.hash = hash;
    return at === position ? -1 : at;
  }

  #readInteger(id: ScannedId, position: number): number {
    const end = this.#skipDigits(position);
    if (!this.#isWholePart(position, end)) return -1;
    if (this.#readNumber(id, position) === end) return end;
    let hash = HASH_START;
    for (let at = position; at < end; at++) hash = Math.imul(hash ^ this.#bytes[at]!, HASH_PRIME);
    id.end = end;
    id.number = -1;
    id.hash = hash;
    return end;
  }

  /** Reads an id that is a small number: returns its end, or the position itself. */
  #readNumber(id: ScannedId, position: number): number {
    const bytes = this.#bytes;
    let number = 0;
    let at = position;
    for (let digit = bytes[at]! - ZERO; isDigit(digit) && number < ID_NUMBERS; digit = bytes[++at]! - ZERO) {
      number = number * 10 + digit;
    }
    id.start = position;
    id.end = at;
    id.number = number;
    return number < ID_NUMBERS && this.#isWholePart(position, at) ? at : position;
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
    if (type !== 'befriend' || first.number !== second.number) return false;
    return first.number >= 0 || (first.hash === second.hash && first.end - first.start === second.end - second.start);
  }
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9;
}

/** Stands for itself in a JSON string, in one byte. */
function isPlain(byte: number): boolean {
  return byte >= 32 && byte <= 126 && byte !== QUOTE && byte !== BACKSLASH;
}
