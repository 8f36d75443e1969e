/**
 * Keys in the order of their UTF-8 bytes, as S3 lists them. A key is held as a string with one character a byte: these
 * compare like the bytes, which UTF-16 does not (U+FFFD against an emoji).
 */
export class KeyList {
  readonly #keys: string[] = [];

  get size(): number {
    return this.#keys.length;
  }

  at(index: number): string | undefined {
    return this.#keys[index];
  }

  add(bytes: string): void {
    const index = this.firstFrom(bytes);
    if (this.#keys[index] !== bytes) this.#keys.splice(index, 0, bytes);
  }

  remove(bytes: string): void {
    const index = this.firstFrom(bytes);
    if (this.#keys[index] === bytes) this.#keys.splice(index, 1);
  }

  /** The index of the first key that is not before the given one. */
  firstFrom(bytes: string): number {
    return this.#firstWhere((key) => key >= bytes);
  }

  firstAfter(bytes: string): number {
    return this.#firstWhere((key) => key > bytes);
  }

  /** The index of the first key that comes after all keys with a prefix. */
  firstBeyond(prefix: string): number {
    return this.#firstWhere((key) => key > prefix && !key.startsWith(prefix));
  }

  #firstWhere(isThere: (key: string) => boolean): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isThere(this.#keys[middle] ?? '')) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

export function bytesOfKey(key: string): string {
  return Buffer.from(key, 'utf8').toString('latin1');
}

export function keyOfBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
