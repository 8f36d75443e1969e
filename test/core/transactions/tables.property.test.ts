import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../../lib/core/transactions/byte-reader.ts';
import { ByteWriter } from '../../../lib/core/transactions/byte-writer.ts';
import { HourTables } from '../../../lib/core/transactions/hour-tables.ts';
import { LiftTable } from '../../../lib/core/transactions/lift-table.ts';
import { RarityTable } from '../../../lib/core/transactions/rarity-table.ts';
import { TailTable } from '../../../lib/core/transactions/tail-table.ts';
import { TailTables } from '../../../lib/core/transactions/tail-tables.ts';
import { valueAt } from '../../../lib/core/transactions/value-at.ts';
import { seeded } from '../../seeded.ts';
import { DAY, world } from './transactions.ts';

const anyValue = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.float({ min: -1000, max: 1000, noNaN: true }));
const anyValues = fc.array(anyValue, { minLength: 1, maxLength: 600 });

interface Restorable<Table> {
  restore(reader: ByteReader): Table;
}

function stored<Table>(table: { save(writer: ByteWriter): void }, type: Restorable<Table>): Table {
  const writer = new ByteWriter();
  writer.byte(1);
  table.save(writer);
  const reader = new ByteReader('table', writer.toBytes(), 1);
  const restored = type.restore(reader);
  reader.expectEnd();
  return restored;
}

describe('a table of tails', () => {
  test('rises with the value, stays within bounds, and survives storing', () => {
    fc.assert(
      fc.property(anyValues, fc.array(anyValue, { minLength: 2 }), (training, asked) => {
        const table = TailTable.fit(training, 0.05);
        const again = stored(table, TailTable);
        const surprises = asked.toSorted((a, b) => a - b).map((value) => table.surprise(value));
        expect(surprises).toEqual(surprises.toSorted((a, b) => a - b));
        expect(surprises.every((surprise) => surprise >= 0 && surprise <= 20)).toBe(true);
        expect(asked.map((value) => again.surprise(value))).toEqual(asked.map((value) => table.surprise(value)));
      }),
      seeded(200),
    );
  });

  test('gives the share of values that are at least as high, in nats, exactly where it is to', () => {
    const table = TailTable.fit(
      Array.from({ length: 10_000 }, (_, index) => index),
      0.05,
    );
    for (const share of [0.5, 0.2, 0.1, 0.02])
      expect(table.surprise(10_000 * (1 - share))).toBeCloseTo(-Math.log(share), 1);
    expect(table.surprise(9500)).toBeCloseTo(-Math.log(0.05), 6);
    expect(table.surprise(-5)).toBe(0);
    expect(table.surprise(11_000)).toBeGreaterThan(9);
  });

  test('finds nothing unusual about the only value there is, and much about any above it', () => {
    const table = TailTable.fit(Array.from({ length: 300 }, () => 7));
    expect([table.surprise(6), table.surprise(7), table.surprise(9)]).toEqual([0, 0, 20]);
  });

  test('tells categories apart where they are common', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? index : index + 10_000));
    const categories = values.map((_, index) => (index < 10 ? 99 : index % 2));
    const tables = stored(TailTables.fit(values, categories), TailTables);
    expect(tables.surprise(1500, 0)).toBeGreaterThan(3);
    expect(tables.surprise(1500, 1)).toBe(0);
    expect(tables.surprise(1500, 99)).toBe(tables.surprise(1500, 12_345));
  });

  test('keeps the commonest of too many categories', () => {
    const categories = Array.from({ length: 40 * 200 }, (_, index) => index % 40);
    const writer = new ByteWriter();
    TailTables.fit(
      categories.map((_, index) => index),
      categories,
    ).save(writer);
    expect(writer.toBytes().length).toBeLessThan(33 * 220);
  });
});

describe('a table of rarities', () => {
  test('gives -ln of the share, and to what is unseen that of what was seen once', () => {
    const table = stored(RarityTable.fit([1, 1, 1, 2, 3, 3, 3, 3, 3]), RarityTable);
    expect(table.rarity(3)).toBeCloseTo(-Math.log(0.5));
    expect(table.rarity(2)).toBeCloseTo(-Math.log(0.1));
    expect(table.rarity(77)).toBe(table.rarity(2));
  });

  test('is bounded: what does not fit counts as the rarest that does', () => {
    const digests = Array.from({ length: 300 }, (_, index) => index % 100);
    const table = RarityTable.fit(digests);
    expect(table.rarity(99)).toBe(table.rarity(0));
    const writer = new ByteWriter();
    table.save(writer);
    expect(writer.toBytes().length).toBeLessThan(600);
  });
});

describe('a table of lifts', () => {
  const values = Float64Array.from({ length: 2000 }, (_, index) => index / 100);

  test('is 0 where the value tells nothing', () => {
    const table = stored(
      LiftTable.fit(values, (index) => index % 50 === 0),
      LiftTable,
    );
    for (const value of [-1, 0, 5, 19.5]) expect(table.lift(value)).toBeLessThan(0.5);
    expect(LiftTable.fit(values, () => false).lift(20)).toBe(0);
  });

  test('rises where high values go with more', () => {
    const table = LiftTable.fit(values, (index) => index >= 1900);
    expect(table.lift(5)).toBe(0);
    expect(table.lift(19.5)).toBeGreaterThan(2);
  });

  test('never falls, whatever it was made from', () => {
    fc.assert(
      fc.property(anyValues, fc.func(fc.boolean()), (given, holds) => {
        const table = LiftTable.fit(Float64Array.from(given), holds);
        const lifts = given.toSorted((a, b) => a - b).map((value) => table.lift(value));
        expect(lifts).toEqual(lifts.toSorted((a, b) => a - b));
      }),
      seeded(100),
    );
  });
});

describe('a table of hours', () => {
  test('tells which hours are rare in a category, and falls back to all of them', () => {
    const [one] = world.judgements.map(({ features }) => features);
    const training = Array.from({ length: 300 }, (_, index) => ({
      ...one!,
      category: index % 3,
      time: (index % 3) * 36_000,
    }));
    const tables = stored(HourTables.fit(training), HourTables);
    expect(tables.surprise({ ...one!, category: 1, time: 36_000 })).toBeCloseTo(0);
    expect(tables.surprise({ ...one!, category: 1, time: 0 })).toBeGreaterThan(4);
    expect(tables.surprise({ ...one!, category: 9, time: DAY })).toBeLessThan(2);
  });
});

test('a value beyond the end of a list is 0', () => {
  expect([valueAt([5], 0), valueAt([5], 1)]).toEqual([5, 0]);
});
