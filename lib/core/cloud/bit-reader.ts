import { UnreadableStateError } from './unreadable-state-error.ts';

const PIECE = 24;
const PIECE_VALUES = 2 ** PIECE;

/** Reads what BitWriter wrote. Throws UnreadableStateError where the bytes end too early. */
export class BitReader {
  readonly #what: string;
  readonly #bytes: Uint8Array;
  #position = 0;
  #waiting = 0;
  #waitingBits = 0;

  /** `what` is what an error calls the bytes. */
  constructor(what: string, bytes: Uint8Array) {
    this.#what = what;
    this.#bytes = bytes;
  }

  read(bits: number): number {
    if (bits > PIECE) return this.read(bits - PIECE) * PIECE_VALUES + this.read(PIECE);
    while (this.#waitingBits < bits) {
      this.#waiting = (this.#waiting << 8) | this.#nextByte();
      this.#waitingBits += 8;
    }
    this.#waitingBits -= bits;
    const value = this.#waiting >>> this.#waitingBits;
    this.#waiting &= (1 << this.#waitingBits) - 1;
    return value;
  }

  /** Reads on behind the next bit that is 1, and counts the zeros before it. */
  readZeros(): number {
    let zeros = 0;
    while (this.read(1) === 0) zeros++;
    return zeros;
  }

  /** All bytes that are left, behind the byte that is being read. */
  readRest(): Uint8Array {
    const rest = this.#bytes.subarray(this.#position);
    this.#position = this.#bytes.length;
    return rest;
  }

  expectEnd(): void {
    if (this.#position < this.#bytes.length) throw this.fault('it goes on behind its end');
  }

  fault(fault: string): UnreadableStateError {
    return new UnreadableStateError(this.#what, fault);
  }

  #nextByte(): number {
    const byte = this.#bytes[this.#position++];
    if (byte === undefined) throw this.fault(`it ends too early, after ${this.#bytes.length} bytes`);
    return byte;
  }
}
