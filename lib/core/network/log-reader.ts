import type { Purchase } from '../events/event.ts';
import { EventScanner } from '../events/event-scanner.ts';
import { LineBuffer, LONGEST_LINE, NEWLINE } from '../events/line-buffer.ts';
import { parseEvent } from '../events/parse-event.ts';
import { joinParts } from './exact-amount.ts';
import { flaggedLine } from './flagged-line.ts';
import type { Flag, NetworkDetector } from './network-detector.ts';

const BLANK = /^[ \t\r]*$/;
// Byte order marks are kept, for they are no white space in JSON: only the log's first may be passed over.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A flagged purchase of a log. */
export interface FlaggedLine {
  readonly lineNumber: number;
  /** As it goes into the output: with `mean` and `sd` added. */
  readonly line: string;
  readonly purchase: Purchase;
  readonly flag: Flag;
}

/** A line of a log that is no event. */
export interface RejectedLine {
  readonly lineNumber: number;
  readonly reason: string;
  /** The line itself, without its line ending; only its beginning where it is too long. */
  readonly text: string;
}

export interface LogReaderOptions {
  readonly detector: NetworkDetector;
  /** Whether purchases are judged before they are applied: not so in a batch log. */
  readonly judge: boolean;
  /** The number of the first line that comes; by default 1, the log's first. */
  readonly firstLine?: number;
  readonly onFlagged?: (flagged: FlaggedLine) => void;
  readonly onRejected?: (rejected: RejectedLine) => void;
}

/** Applies a log, given as bytes that may be cut anywhere, to a detector: event by event, in order, stopping at nothing. */
export class LogReader {
  events = 0;
  flagged = 0;
  rejected = 0;
  readonly #options: LogReaderOptions;
  readonly #scanner = new EventScanner();
  readonly #lines: LineBuffer;
  #lineNumber: number;

  constructor(options: LogReaderOptions) {
    this.#options = options;
    this.#lineNumber = options.firstLine ?? 1;
    this.#lines = new LineBuffer({
      onLines: (bytes, start, end) => this.#readLines(bytes, start, end),
      onOverlong: (beginning) => {
        this.#reject(`longer than ${LONGEST_LINE} bytes`, beginning);
        this.#lineNumber++;
      },
    });
  }

  /** Takes the next bytes of the log; they may be overwritten after the call. */
  read(chunk: Uint8Array): void {
    this.#lines.add(chunk);
  }

  /** Takes the last line, which may lack its newline. */
  end(): void {
    this.#lines.end();
  }

  #readLines(bytes: Uint8Array, start: number, end: number): void {
    const scanner = this.#scanner;
    scanner.use(bytes);
    for (let position = start; position < end;) {
      const next = scanner.scan(position);
      if (next >= 0) {
        this.#takeScanned(bytes, position, next);
        position = next;
      } else {
        const newline = bytes.indexOf(NEWLINE, position);
        this.#readUncommon(bytes.subarray(position, newline));
        position = newline + 1;
      }
    }
  }

  #takeScanned(bytes: Uint8Array, start: number, next: number): void {
    const { type, first, second, time, amount } = this.#scanner;
    const { detector, judge } = this.#options;
    const { engine } = detector;
    const user = engine.ids.addScanned(bytes, first);
    if (type === 'purchase') {
      const flag = judge ? detector.judgeAmount(user, { high: 0, low: amount }) : undefined;
      if (flag !== undefined) {
        const purchase: Purchase = { type, time, user: engine.ids.idOf(user), amount: joinParts(0, amount) };
        this.#flag(flag, purchase, decoder.decode(bytes.subarray(start, next)));
      }
      engine.addPurchase(user, time, 0, amount);
    } else {
      const other = engine.ids.addScanned(bytes, second);
      if (type === 'befriend') engine.befriend(user, other);
      else engine.unfriend(user, other);
    }
    this.events++;
    this.#lineNumber++;
  }

  #readUncommon(bytes: Uint8Array): void {
    const text = decodeStrictly(this.#lineNumber === 1 ? withoutByteOrderMark(bytes) : bytes);
    if (text === undefined) this.#reject('not valid UTF-8', bytes);
    else if (!BLANK.test(text)) this.#parse(text, bytes);
    this.#lineNumber++;
  }

  #parse(text: string, bytes: Uint8Array): void {
    const parsed = parseEvent(text);
    if (!parsed.ok) {
      this.#reject(parsed.reason, bytes);
      return;
    }
    const event = parsed.value;
    const { detector, judge } = this.#options;
    if (judge && event.type === 'purchase') {
      const flag = detector.judge(event);
      if (flag !== undefined) this.#flag(flag, event, text);
    }
    detector.apply(event);
    this.events++;
    this.#scanner.learn(text, event.type);
  }

  #flag(flag: Flag, purchase: Purchase, line: string): void {
    this.flagged++;
    this.#options.onFlagged?.({ lineNumber: this.#lineNumber, line: flaggedLine(line, flag), purchase, flag });
  }

  #reject(reason: string, bytes: Uint8Array): void {
    this.rejected++;
    const text = decoder.decode(bytes).replace(/\r$/, '');
    this.#options.onRejected?.({ lineNumber: this.#lineNumber, reason, text });
  }
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}
