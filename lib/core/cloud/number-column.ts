import type { BitReader } from './bit-reader.ts';
import type { BitWriter } from './bit-writer.ts';

/**
 * Integers in few bits, by exponential Golomb codes (Teuhola 1978): those around 2^order take about `order` bits, and one that
 * is far larger takes about twice the bits it has, without making the others longer. The order is chosen for the column.
 */

/** What is written is below this, so that sums with 2^order stay exact. */
const LIMIT = 2 ** 52;
const ORDER_BITS = 6;
const MOST_BITS = 53;

/**
 * Writes whole numbers, of which the reader has to know how many they are.
 * @throws RangeError for a number of 2^52 or more, or 2^51 if there are negative ones
 */
export function writeColumn(writer: BitWriter, values: readonly number[]): void {
  const isSigned = values.some((value) => value < 0);
  const codes = isSigned ? values.map(zigzag) : values;
  const order = orderFor(codes);
  writer.write(Number(isSigned), 1);
  writer.write(order, ORDER_BITS);
  for (const code of codes) writeCode(writer, code, order);
}

export function readColumn(reader: BitReader, length: number): number[] {
  const isSigned = reader.read(1) === 1;
  const order = reader.read(ORDER_BITS);
  const values: number[] = [];
  for (let index = 0; index < length; index++) {
    const code = readCode(reader, order);
    values.push(isSigned ? unZigzag(code) : code);
  }
  return values;
}

/** Writes a number of at least 0 by itself. */
export function writeCode(writer: BitWriter, value: number, order: number): void {
  if (!(value < LIMIT)) throw new RangeError(`a stored number must be below 2^52 (given ${value})`);
  const raised = value + 2 ** order;
  const bits = bitLength(raised);
  const zeros = bits - 1 - order;
  // Written at once, for speed, the zeros before the highest bit come by themselves.
  if (zeros + bits <= MOST_BITS) {
    writer.write(raised, zeros + bits);
    return;
  }
  writer.write(0, zeros);
  writer.write(raised, bits);
}

export function readCode(reader: BitReader, order: number): number {
  const bits = reader.readZeros() + order;
  if (bits >= MOST_BITS) throw reader.fault('a number in it is too large');
  return 2 ** bits + reader.read(bits) - 2 ** order;
}

/** The differences from each number to the next, the first from 0. */
export function differences(values: readonly number[]): number[] {
  let last = 0;
  return values.map((value) => {
    const difference = value - last;
    last = value;
    return difference;
  });
}

export function sums(differences: readonly number[]): number[] {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}

/**
 * Codes around 2^order take the fewest bits: a little less than the codes have on average. Bits, not the codes themselves: a
 * mean would follow the few that are far larger, such as the first of the differences.
 */
function orderFor(codes: readonly number[]): number {
  let bits = 0;
  for (const code of codes) bits += bitLength(code);
  return Math.max(0, Math.round(bits / Math.max(codes.length, 1)) - 1);
}

function bitLength(value: number): number {
  return value < 2 ** 31 ? 32 - Math.clz32(value) : 63 - Math.clz32(value / 2 ** 31);
}

/** 0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 … */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unZigzag(code: number): number {
  return code % 2 === 0 ? code / 2 : -(code + 1) / 2;
}
