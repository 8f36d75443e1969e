import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseEvent, parseLogHeader, parseTransaction } from '../../lib/core/index.ts';
import { ROOT } from './readme-text.ts';

const FOLDER = path.join(ROOT, 'events');

function linesOf(file: string): string[] {
  return readFileSync(path.join(FOLDER, file), 'utf8').trimEnd().split('\n');
}

/** What each sample has to be. */
const SAMPLES: Readonly<Record<string, (lines: readonly string[]) => void>> = {
  'batch_log.json': ([header = '', ...events]) => {
    expect(parseLogHeader(header)).toMatchObject({ ok: true });
    expect(events.filter((line) => !parseEvent(line).ok)).toEqual([]);
  },
  'stream_log.json': (lines) => {
    expect(lines.filter((line) => !parseEvent(line).ok)).toEqual([]);
  },
  'transactions.json': (lines) => {
    const parsed = lines.map((line) => parseTransaction(line));
    expect(parsed.filter(({ ok }) => !ok)).toEqual([]);
    expect(lines.filter((line) => /"label":\["/.test(line)).length).toBeGreaterThan(20);
  },
  'prices.csv': ([header, ...rows]) => {
    expect(header).toBe('Date,Open,High,Low,Close,Volume');
    expect(rows.every((row) => /^\d{4}-\d\d-\d\d[^,]*(?:,\d+(?:\.\d+)?){5}$/.test(row))).toBe(true);
  },
  'prices_anomalies.csv': ([, ...rows]) => {
    const dates = new Set(linesOf('prices.csv').map((row) => row.split(',')[0]));
    expect(rows.flatMap((row) => row.split(',').slice(0, 1)).filter((date) => !dates.has(date))).toEqual([]);
  },
};

test('each file in events/ has a test, and each test a file', () => {
  expect(Object.keys(SAMPLES).toSorted()).toEqual(readdirSync(FOLDER).toSorted());
});

test.each(Object.entries(SAMPLES))('%s is what it says', (file, check) => {
  expect(() => check(linesOf(file))).not.toThrow();
});
