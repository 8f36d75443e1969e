import { describe, expect, test } from 'vitest';
import type { Asked } from './cloud/asked.ts';
import { billOfSeries, billOfStream, totalOf, type StreamLoad } from './cloud/monthly-bill.ts';

const SECONDS = 730 * 3600;
/** A second's worth. */
const ASKED: Asked = {
  events: 1000,
  calls: 1,
  readUnits: 2,
  writeUnits: 400,
  s3Puts: 3,
  s3Gets: 1,
  functionMs: 500,
  stored: { table: 4000, indexes: 8000, journal: 20_000, output: 1000 },
};
const LOAD: StreamLoad = {
  perSecond: 1000,
  shards: 1,
  retentionHours: 168,
  windowSeconds: 1,
  recordBytes: 11_000,
  eventsPerRecord: 100,
  journalDays: 30,
  tableDays: undefined,
  toldShare: undefined,
  fixed: 20,
};

describe('the bill of a month', () => {
  test('has what was asked of AWS, at the rate at which it is asked', () => {
    const bill = billOfStream(ASKED, LOAD);
    expect(bill.Kinesis).toBeCloseTo(730 * 0.035 + 10 * SECONDS * 0.014e-6, 6);
    expect(bill['DynamoDB requests']).toBeCloseTo(SECONDS * (3 * 0.125e-6 + 400 * 0.625e-6), 4);
    // Two of the three objects are none of the journal's: a page may have to be told of each.
    expect(bill.Lambda).toBeCloseTo(SECONDS * (4 * 0.2e-6 + ((505 * 1769) / 1024 + 25) * 1e-3 * 0.0000133334), 2);
    expect(bill['DynamoDB storage']).toBeCloseTo((SECONDS * 12_000 * 0.25) / 1e9, 4);
    expect(bill.backups).toBeCloseTo((SECONDS * 4000 * 0.2) / 1e9, 4);
    expect(totalOf(bill)).toBeCloseTo(Object.values(bill).reduce((sum, dollars) => sum + dollars));
  });

  test('doubles but for what is fixed when the load and the shards do', () => {
    const [once, twice] = [billOfStream(ASKED, LOAD), billOfStream(ASKED, { ...LOAD, perSecond: 2000, shards: 2 })];
    expect(totalOf(twice) - LOAD.fixed).toBeCloseTo(2 * (totalOf(once) - LOAD.fixed), 6);
  });

  test('keeps what expires for its days alone', () => {
    const [month, week] = [30, 7].map((tableDays) => billOfStream(ASKED, { ...LOAD, tableDays }));
    expect(week!.backups / month!.backups).toBeCloseTo(7 / 30);
    expect(week!['DynamoDB storage'] / month!['DynamoDB storage']).toBeCloseTo(7 / 30);
  });

  test('asks no more for a day’s retention than for the shard', () => {
    const saved = totalOf(billOfStream(ASKED, LOAD)) - totalOf(billOfStream(ASKED, { ...LOAD, retentionHours: 24 }));
    expect(saved).toBeCloseTo(730 * 0.02, 6);
  });

  test('of series is mostly messages, so ten points in each make it a fraction', () => {
    const asked = { requests: 1.06, readUnits: 0, writeUnits: 1.06, judgingMs: 0.1, storedBytes: 20 };
    const bill = billOfSeries(asked, { perSecond: 100, pointsPerMessage: 1, fixed: 0 });
    expect(bill.WebSockets).toBeCloseTo(100 * SECONDS * 2e-6 + 100 * 730 * 60 * 0.25e-6, 4);
    expect(bill.WebSockets / totalOf(bill)).toBeGreaterThan(0.4);
    const tenth = billOfSeries(asked, { perSecond: 100, pointsPerMessage: 10, fixed: 0 });
    expect(totalOf(tenth) / totalOf(bill)).toBeLessThan(0.35);
  });
});
