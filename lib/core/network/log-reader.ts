import type { Purchase } from '../events/event.ts';
import { LineBuffer, LONGEST_LINE, NEWLINE } from '../events/line-buffer.ts';
import { shapeOf } from '../events/line-shape.ts';
import { parseEvent } from '../events/parse-event.ts';
import { joinParts } from './exact-amount.ts';
import { flaggedLine } from './flagged-line.ts';
import type { Flag, NetworkDetector } from './network-detector.ts';

/** What the engine has room for at a time. */
const INPUT_BYTES = 1 << 17;
const ALL_READ = -1;
const NOT_READ = -2;

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
  readonly #lines: LineBuffer;
  /** Of the next line. */
  #lineNumber: number;

  constructor(options: LogReaderOptions) {
    this.#options = options;
    this.#lineNumber = options.firstLine ?? 1;
    this.#lines = new LineBuffer({
      onLines: (bytes, start, end) => this.#readLines(bytes.subarray(start, end)),
      onOverlong: (beginning) => this.#reject(`longer than ${LONGEST_LINE} bytes`, beginning),
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

  /** In pieces that fit into the engine's input; a line that does not is uncommon in any case. */
  #readLines(lines: Uint8Array): void {
    for (let start = 0; start < lines.length;) {
      const end = lines.lastIndexOf(NEWLINE, start + INPUT_BYTES - 1) + 1;
      if (end > start) this.#readPiece(lines.subarray(start, end));
      else this.#readUncommon(lines.subarray(start, lines.indexOf(NEWLINE, start)));
      start = end > start ? end : lines.indexOf(NEWLINE, start) + 1;
    }
  }

  #readPiece(lines: Uint8Array): void {
    const { detector, judge } = this.#options;
    const { wasm } = detector.engine;
    new Uint8Array(wasm.memory.buffer, wasm.input(), lines.length).set(lines);
    wasm.startReading(0);
    for (;;) {
      const end = wasm.readLines(lines.length, Number(judge));
      this.events += wasm.readCount();
      this.#lineNumber += wasm.readCount();
      if (end === ALL_READ) return;
      if (end === NOT_READ) {
        const start = wasm.unreadStart();
        const newline = lines.indexOf(NEWLINE, start);
        this.#readUncommon(lines.subarray(start, newline));
        wasm.startReading(newline + 1);
      } else {
        this.#judgeExactly(end, lines.subarray(wasm.lastStart(), wasm.lastEnd()));
      }
    }
  }

  #judgeExactly(verdict: number, line: Uint8Array): void {
    const { detector } = this.#options;
    const { ids, wasm } = detector.engine;
    const amount = { high: 0, low: wasm.lastAmount() };
    const flag = detector.flagOf(verdict, amount);
    if (flag === undefined) return;
    const user = ids.idOf(wasm.lastBuyer());
    const purchase: Purchase = { type: 'purchase', time: wasm.lastTime(), user, amount: joinParts(0, amount.low) };
    this.#flag(flag, purchase, decoder.decode(line));
  }

  #readUncommon(bytes: Uint8Array): void {
    const text = decodeStrictly(this.#lineNumber === 1 ? withoutByteOrderMark(bytes) : bytes);
    if (text === undefined) this.#reject('not valid UTF-8', bytes);
    else if (BLANK.test(text)) this.#lineNumber++;
    else this.#parse(text, bytes);
  }

  #parse(text: string, bytes: Uint8Array): void {
    const parsed = parseEvent(text);
    if (!parsed.ok) {
      this.#reject(parsed.reason, bytes);
      return;
    }
    const event = parsed.value;
    const { detector, judge } = this.#options;
    const flag = judge && event.type === 'purchase' ? detector.judge(event) : undefined;
    detector.apply(event);
    this.events++;
    this.#lineNumber++;
    if (flag !== undefined && event.type === 'purchase') this.#flag(flag, event, text);
    const shape = shapeOf(text, event.type);
    if (shape !== undefined) detector.engine.learn(shape);
  }

  #flag(flag: Flag, purchase: Purchase, line: string): void {
    this.flagged++;
    this.#options.onFlagged?.({ lineNumber: this.#lineNumber - 1, line: flaggedLine(line, flag), purchase, flag });
  }

  #reject(reason: string, bytes: Uint8Array): void {
    this.rejected++;
    const text = decoder.decode(bytes).replace(/\r$/, '');
    this.#options.onRejected?.({ lineNumber: this.#lineNumber, reason, text });
    this.#lineNumber++;
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
