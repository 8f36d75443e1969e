import { expectFormat, UnreadableStateError } from '../cloud/unreadable-state-error.ts';

const decoder = new TextDecoder();

/** Reads what ByteWriter wrote. Throws UnreadableStateError where the bytes end too early or go on too long. */
export class ByteReader {
  readonly #what: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  /** `what` is what an error calls the bytes. Their first byte is to be their format. */
  constructor(what: string, bytes: Uint8Array, format: number) {
    this.#what = what;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    expectFormat(what, this.byte(), format);
  }

  byte(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A finite number. */
  float(): number {
    return this.#finite(this.#view.getFloat32(this.#advance(4), true));
  }

  floats(count: number): Float32Array {
    return Float32Array.from({ length: count }, () => this.float());
  }

  /** A finite number. */
  double(): number {
    return this.#finite(this.#view.getFloat64(this.#advance(8), true));
  }

  text(): string {
    return decoder.decode(this.bytes(this.byte()));
  }

  bytes(count: number): Uint8Array {
    const at = this.#advance(count);
    return this.#bytes.subarray(at, at + count);
  }

  expectEnd(): void {
    if (this.#position < this.#bytes.length) throw this.fault('it goes on behind its end');
  }

  fault(fault: string): UnreadableStateError {
    return new UnreadableStateError(this.#what, fault);
  }

  #advance(bytes: number): number {
    const at = this.#position;
    if (at + bytes > this.#bytes.length) throw this.fault(`it ends too early, after ${this.#bytes.length} bytes`);
    this.#position += bytes;
    return at;
  }

  #finite(value: number): number {
    if (Number.isFinite(value)) return value;
    throw this.fault('a number in it is not finite');
  }
}
