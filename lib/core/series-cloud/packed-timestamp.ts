import type { BitReader } from '../cloud/bit-reader.ts';
import type { BitWriter } from '../cloud/bit-writer.ts';
import type { PointTime } from './point-time.ts';

const SHAPE_BITS = 3;
const LENGTH_BITS = 9;

/** The usual timestamps, which follow from their times; their places are stored, so that more can only be added behind. */
const SHAPES: readonly ((time: number) => string | number)[] = [
  (time) => time / 1000,
  (time) => time,
  (time) => isoText(time).slice(0, 19).replace('T', ' '),
  (time) => `${isoText(time).slice(0, 19)}Z`,
  (time) => isoText(time),
  (time) => isoText(time).slice(0, 10),
  (time) => isoText(time).slice(0, 16).replace('T', ' '),
];
const VERBATIM = 2 ** SHAPE_BITS - 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes a timestamp beside its time: as its shape, or else as it is. */
export function writeTimestamp(writer: BitWriter, { timestamp, time }: PointTime): void {
  const shape = SHAPES.findIndex((shaped) => Object.is(shaped(time), timestamp));
  if (shape >= 0) return writer.write(shape, SHAPE_BITS);
  const bytes = encoder.encode(JSON.stringify(timestamp));
  writer.write(VERBATIM, SHAPE_BITS);
  writer.write(bytes.length, LENGTH_BITS);
  for (const byte of bytes) writer.write(byte, 8);
}

export function readTimestamp(reader: BitReader, time: number): string | number {
  const shaped = SHAPES[reader.read(SHAPE_BITS)];
  if (shaped !== undefined) return shaped(time);
  const bytes = Uint8Array.from({ length: reader.read(LENGTH_BITS) }, () => reader.read(8));
  return JSON.parse(decoder.decode(bytes)) as string | number;
}

function isoText(time: number): string {
  return new Date(time).toISOString();
}
