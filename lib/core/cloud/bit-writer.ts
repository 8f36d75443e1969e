import { widen } from '../events/widen.ts';

/** The most bits that are shifted in at a time: with the up to 7 that wait for their byte, an integer of 31 bits. */
const PIECE = 24;
const PIECE_VALUES = 2 ** PIECE;

/** Writes integers bit by bit, the highest bit first. */
export class BitWriter {
  #bytes: Uint8Array = new Uint8Array(256);
  #length = 0;
  #waiting = 0;
  #waitingBits = 0;

  /** Writes an integer from 0 to before 2^bits, of at most 53 bits. */
  write(value: number, bits: number): void {
    if (bits > PIECE) {
      const low = value % PIECE_VALUES;
      this.write((value - low) / PIECE_VALUES, bits - PIECE);
      this.write(low, PIECE);
      return;
    }
    this.#waiting = (this.#waiting << bits) | value;
    this.#waitingBits += bits;
    if (this.#waitingBits >= 8) this.#writeWaitingBytes();
  }

  /** Fills up the last byte. */
  align(): void {
    if (this.#waitingBits > 0) this.write(0, 8 - this.#waitingBits);
  }

  writeBytes(bytes: Uint8Array): void {
    this.align();
    this.#bytes = widen(this.#bytes, this.#length + bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** All that was written, in a copy of its own. */
  toBytes(): Uint8Array {
    this.align();
    return this.#bytes.slice(0, this.#length);
  }

  #writeWaitingBytes(): void {
    this.#bytes = widen(this.#bytes, this.#length + 4);
    while (this.#waitingBits >= 8) {
      this.#waitingBits -= 8;
      this.#bytes[this.#length++] = this.#waiting >>> this.#waitingBits;
    }
    this.#waiting &= (1 << this.#waitingBits) - 1;
  }
}
