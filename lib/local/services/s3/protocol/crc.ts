/** A running checksum; `digest` gives its bytes, high ones first. */
export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

/** CRC-32C (Castagnoli), reflected. zlib knows only the CRC-32 of Ethernet. */
export class Crc32c implements RunningChecksum {
  #crc = 0xffffffff;

  update(chunk: Uint8Array): void {
    let crc = this.#crc;
    for (const byte of chunk) crc = (crc >>> 8) ^ (CASTAGNOLI[(crc ^ byte) & 0xff] ?? 0);
    this.#crc = crc;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE((this.#crc ^ 0xffffffff) >>> 0);
    return bytes;
  }
}

/** CRC-64/NVME, reflected, in two halves of 32 bits: BigInt would take a hundred times longer. */
export class Crc64Nvme implements RunningChecksum {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(chunk: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    for (const byte of chunk) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (NVME_LOW[index] ?? 0);
      high = (high >>> 8) ^ (NVME_HIGH[index] ?? 0);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE((this.#high ^ 0xffffffff) >>> 0);
    bytes.writeUInt32BE((this.#low ^ 0xffffffff) >>> 0, 4);
    return bytes;
  }
}

const CASTAGNOLI = Uint32Array.from({ length: 256 }, (_, byte) => Number(reflectedTable(byte, 0x82f63b78n)));
const NVME = Array.from({ length: 256 }, (_, byte) => reflectedTable(byte, 0x9a6c9329ac4bc9b5n));
const NVME_HIGH = Uint32Array.from(NVME, (entry) => Number(entry >> 32n));
const NVME_LOW = Uint32Array.from(NVME, (entry) => Number(entry & 0xffffffffn));

function reflectedTable(byte: number, polynomial: bigint): bigint {
  let entry = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) entry = (entry & 1n) === 1n ? (entry >> 1n) ^ polynomial : entry >> 1n;
  return entry;
}
