import { widen } from './widen.ts';

/** Longer lines are no events, and would not fit into memory or a string for ever. */
export const LONGEST_LINE = 16 * 1024 * 1024;

export const NEWLINE = 10;
/** Lines are measured where they are carried from piece to piece. */
const LARGEST_PIECE = 1024 * 1024;

const KEPT_OF_OVERLONG_LINE = 1024;

export interface LineListener {
  /** Whole lines, each with its newline: the bytes from `start` to before `end`. They are overwritten after the call. */
  readonly onLines: (bytes: Uint8Array, start: number, end: number) => void;
  /** A line over {@link LONGEST_LINE}: how it begins. */
  readonly onOverlong: (beginning: Uint8Array) => void;
}

/** Puts the lines of a log together from chunks of bytes that are cut anywhere. Lines within a chunk are given without copying. */
export class LineBuffer {
  readonly #listener: LineListener;
  /** The beginning of a line whose end has not come yet. */
  #carried: Uint8Array = new Uint8Array(0);
  #length = 0;
  #isOverlong = false;

  constructor(listener: LineListener) {
    this.#listener = listener;
  }

  add(chunk: Uint8Array): void {
    for (let start = 0; start < chunk.length; start += LARGEST_PIECE) {
      this.#addPiece(chunk.subarray(start, start + LARGEST_PIECE));
    }
  }

  /** Gives the last line, if it lacks its newline. */
  end(): void {
    if (this.#length > 0 || this.#isOverlong) this.add(Uint8Array.of(NEWLINE));
  }

  #addPiece(chunk: Uint8Array): void {
    let start = this.#length > 0 || this.#isOverlong ? this.#endCarriedLine(chunk) : 0;
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > start) {
      this.#listener.onLines(chunk, start, end);
      start = end;
    }
    this.#carry(chunk.subarray(start));
  }

  /** Returns where the chunk goes on behind the carried line. */
  #endCarriedLine(chunk: Uint8Array): number {
    const newline = chunk.indexOf(NEWLINE);
    if (newline < 0) return 0;
    this.#carry(chunk.subarray(0, newline + 1));
    this.#giveCarried();
    return newline + 1;
  }

  #carry(bytes: Uint8Array): void {
    if (this.#length + bytes.length > LONGEST_LINE) this.#isOverlong = true;
    const taken = this.#isOverlong ? Math.max(0, KEPT_OF_OVERLONG_LINE - this.#length) : bytes.length;
    this.#carried = widen(this.#carried, this.#length + taken);
    this.#carried.set(bytes.subarray(0, taken), this.#length);
    this.#length += Math.min(taken, bytes.length);
  }

  #giveCarried(): void {
    const length = this.#length;
    const isOverlong = this.#isOverlong;
    this.#length = 0;
    this.#isOverlong = false;
    if (isOverlong) this.#listener.onOverlong(this.#carried.subarray(0, Math.min(length, KEPT_OF_OVERLONG_LINE)));
    else this.#listener.onLines(this.#carried, 0, length);
  }
}
