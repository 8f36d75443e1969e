/** A frame with its header takes 2 bytes, up to 8 of length, and 4 of mask. */
const MASK_BYTES = 4;
const EXTENDED: Readonly<Record<number, number>> = { 126: 2, 127: 8 };

/** Reads the headers of a client's frames as they pass (RFC 6455, section 5.2), and tells the first frame that is too large. */
export class FrameSizes {
  readonly #largest: number;
  #header: number[] = [];
  #payloadLeft = 0;

  constructor(largest: number) {
    this.#largest = largest;
  }

  /** Whether a frame that is too large begins in these bytes, behind those given before. */
  isTooLargeIn(bytes: Uint8Array): boolean {
    let place = 0;
    while (place < bytes.length) {
      const skipped = Math.min(this.#payloadLeft, bytes.length - place);
      this.#payloadLeft -= skipped;
      place += skipped;
      if (place === bytes.length) return false;
      this.#header.push(bytes[place++] ?? 0);
      const length = this.#lengthInHeader();
      if (length === undefined) continue;
      if (length > this.#largest) return true;
      this.#header = [];
      this.#payloadLeft = length;
    }
    return false;
  }

  /** The length of the payload, once the header is whole. */
  #lengthInHeader(): number | undefined {
    const [, second = 0] = this.#header;
    const short = second & 0x7f;
    const extended = EXTENDED[short] ?? 0;
    const mask = second & 0x80 ? MASK_BYTES : 0;
    if (this.#header.length < 2 + extended + mask) return undefined;
    if (extended === 0) return short;
    return this.#header.slice(2, 2 + extended).reduce((length, byte) => length * 256 + byte, 0);
  }
}
