import type { Micros } from '../events/event.ts';
import type { KeptPurchase } from '../network/purchase-record.ts';
import type { BitReader } from './bit-reader.ts';
import type { BitWriter } from './bit-writer.ts';
import { differences, readCode, readColumn, sums, writeCode, writeColumn } from './number-column.ts';

const COUNT_ORDER = 5;
const DECIMALS = 6;
const DECIMALS_BITS = 3;
/** Amounts that are too large for one column of numbers are split here. */
const SPLIT = 50n;
const NARROW = 1n << SPLIT;

/**
 * Writes purchases by columns: times and sequence numbers as differences, in the order of the sequence numbers, where a late
 * purchase is one small step back in time; amounts as integers, of one number of decimals a user.
 */
export function writePurchases(writer: BitWriter, purchases: readonly KeptPurchase[]): void {
  const inSequence = purchases.toSorted((a, b) => a.sequence - b.sequence);
  writeCode(writer, purchases.length, COUNT_ORDER);
  writeColumn(writer, differences(inSequence.map(({ sequence }) => sequence)));
  writeColumn(writer, differences(inSequence.map(({ time }) => time)));
  writeAmounts(
    writer,
    inSequence.map(({ amount }) => amount),
  );
}

/** Gives the purchases oldest first. */
export function readPurchases(reader: BitReader): KeptPurchase[] {
  const count = readCode(reader, COUNT_ORDER);
  const sequences = sums(readColumn(reader, count));
  const times = sums(readColumn(reader, count));
  const purchases = readAmounts(reader, count).map((amount, index) => {
    return { time: times[index] as number, sequence: sequences[index] as number, amount };
  });
  return purchases.toSorted((a, b) => a.time - b.time || a.sequence - b.sequence);
}

function writeAmounts(writer: BitWriter, amounts: readonly Micros[]): void {
  const isWide = amounts.some((amount) => amount >= NARROW);
  const decimals = decimalsOf(amounts);
  writer.write(decimals, DECIMALS_BITS);
  writer.write(Number(isWide), 1);
  const unit = 10 ** (DECIMALS - decimals);
  if (!isWide) {
    writeColumn(
      writer,
      amounts.map((amount) => Number(amount) / unit),
    );
    return;
  }
  const units = amounts.map((amount) => amount / BigInt(unit));
  writeColumn(
    writer,
    units.map((amount) => Number(amount >> SPLIT)),
  );
  writeColumn(
    writer,
    units.map((amount) => Number(BigInt.asUintN(Number(SPLIT), amount))),
  );
}

function readAmounts(reader: BitReader, count: number): Micros[] {
  const decimals = reader.read(DECIMALS_BITS);
  if (decimals > DECIMALS) throw reader.fault(`its amounts have ${decimals} decimals`);
  const unit = BigInt(10 ** (DECIMALS - decimals));
  const isWide = reader.read(1) === 1;
  if (!isWide) return readColumn(reader, count).map((amount) => (BigInt(amount) * unit) as Micros);
  const highs = readColumn(reader, count);
  const lows = readColumn(reader, count);
  return highs.map((high, index) => (((BigInt(high) << SPLIT) + BigInt(lows[index] as number)) * unit) as Micros);
}

/** The fewest decimals with which all amounts are whole numbers. */
function decimalsOf(amounts: readonly Micros[]): number {
  const tails = amounts.map((amount) => Number(amount % 1_000_000n));
  let decimals = 0;
  for (let unit = 1_000_000; tails.some((tail) => tail % unit !== 0); unit /= 10) decimals++;
  return decimals;
}
