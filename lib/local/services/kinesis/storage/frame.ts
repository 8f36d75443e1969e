import { crc32 } from 'node:zlib';

export interface ShardRecord {
  readonly index: number;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** Length of the content and its CRC-32. */
const HEADER = 8;
/** Index, time, length of the key. */
const FIXED = 8 + 8 + 2;

/** A record as it lies in a file. */
export function frameOf({ index, arrivedAt, partitionKey, data }: ShardRecord): Buffer {
  const key = Buffer.from(partitionKey, 'utf8');
  const frame = Buffer.alloc(HEADER + FIXED + key.length + data.length);
  frame.writeDoubleBE(index, HEADER);
  frame.writeDoubleBE(arrivedAt, HEADER + 8);
  frame.writeUInt16BE(key.length, HEADER + 16);
  frame.set(key, HEADER + FIXED);
  frame.set(data, HEADER + FIXED + key.length);
  frame.writeUInt32BE(frame.length - HEADER, 0);
  frame.writeUInt32BE(crc32(frame.subarray(HEADER)), 4);
  return frame;
}

/** The length of the frame that begins the bytes; 0 if they do not hold it whole and sound. */
export function frameLength(bytes: Buffer): number {
  if (bytes.length < HEADER) return 0;
  const length = HEADER + bytes.readUInt32BE(0);
  if (length < HEADER + FIXED || bytes.length < length) return 0;
  return crc32(bytes.subarray(HEADER, length)) === bytes.readUInt32BE(4) ? length : 0;
}

/** The record in a sound frame. */
export function readFrame(frame: Buffer): ShardRecord {
  const keyEnd = HEADER + FIXED + frame.readUInt16BE(HEADER + 16);
  return {
    index: frame.readDoubleBE(HEADER),
    arrivedAt: frame.readDoubleBE(HEADER + 8),
    partitionKey: frame.toString('utf8', HEADER + FIXED, keyEnd),
    data: frame.subarray(keyEnd),
  };
}
