import { widen } from '../events/widen.ts';

const encoder = new TextEncoder();

/** Writes numbers and short texts as bytes, little end first. */
export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  byte(value: number): void {
    const at = this.#advance(1);
    this.#bytes[at] = value;
  }

  uint32(value: number): void {
    const at = this.#advance(4);
    this.#view.setUint32(at, value, true);
  }

  /** A number that a 32-bit float holds exactly, as `Math.fround` gives it. */
  float(value: number): void {
    const at = this.#advance(4);
    this.#view.setFloat32(at, value, true);
  }

  floats(values: Iterable<number>): void {
    for (const value of values) this.float(value);
  }

  double(value: number): void {
    const at = this.#advance(8);
    this.#view.setFloat64(at, value, true);
  }

  doubles(values: Iterable<number>): void {
    for (const value of values) this.double(value);
  }

  /** A text of at most 255 bytes. */
  text(text: string): void {
    const bytes = encoder.encode(text);
    this.byte(bytes.length);
    this.bytes(bytes);
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#advance(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** All that was written, in a copy of its own. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #advance(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#bytes.length) {
      this.#bytes = widen(this.#bytes, this.#length);
      this.#view = new DataView(this.#bytes.buffer);
    }
    return at;
  }
}
