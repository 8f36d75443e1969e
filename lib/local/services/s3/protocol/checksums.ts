import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ChecksumAlgorithm } from '../storage/stored-object.ts';
import { Crc32c, Crc64Nvme, type RunningChecksum } from './crc.ts';

export const ALGORITHMS = {
  crc32: () => new Crc32(),
  crc32c: () => new Crc32c(),
  crc64nvme: () => new Crc64Nvme(),
  sha1: () => createHash('sha1'),
  sha256: () => createHash('sha256'),
} as const satisfies Readonly<Record<ChecksumAlgorithm, () => RunningChecksum>>;

/** The algorithm of such a name, in any case of letters. */
export function algorithmNamed(name: string): ChecksumAlgorithm | undefined {
  const algorithm = name.toLowerCase();
  return Object.hasOwn(ALGORITHMS, algorithm) ? (algorithm as ChecksumAlgorithm) : undefined;
}

class Crc32 implements RunningChecksum {
  #crc = 0;

  update(chunk: Uint8Array): void {
    this.#crc = crc32(chunk, this.#crc);
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#crc);
    return bytes;
  }
}
