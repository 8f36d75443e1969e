import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import {
  LARGEST_RECORD,
  RecordWriter,
  type FullRecord,
  type NumberedLine,
  type RecordWriterOptions,
  type WrittenRecord,
} from '../../../lib/core/cloud/record-writer.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { seeded } from '../../seeded.ts';

const SHOP = 'shop' as NetworkName;
const ENVELOPE_BYTES = '{"network":"shop","source":"s","offset":0}\n'.length;

function write(lines: Iterable<NumberedLine>, options: Partial<RecordWriterOptions> = {}): WrittenRecord[] {
  const writer = new RecordWriter({ network: SHOP, source: 's', ...options });
  return [...Array.from(lines, (line) => writer.add(line)).flat(), ...writer.end()];
}

function numbered(texts: readonly string[], first = 0): NumberedLine[] {
  return texts.map((text, index) => ({ offset: first + index, bytes: Buffer.from(text) }));
}

function recordsOf(written: readonly WrittenRecord[]): FullRecord[] {
  return written.filter((record) => record.type === 'record');
}

function textOf({ data }: FullRecord): string {
  return Buffer.from(data).toString();
}

describe('the records of a log', () => {
  test('hold its lines behind an envelope each', () => {
    const written = write(numbered(['a', '', 'bcd', 'e'.repeat(20)], 5), { largestRecord: 60 });
    expect(recordsOf(written).map(textOf)).toEqual([
      '{"network":"shop","source":"s","offset":5}\na\n\nbcd',
      `{"network":"shop","source":"s","offset":8}\n${'e'.repeat(20)}`,
    ]);
    expect(written).toMatchObject([
      { type: 'record', next: 8, lines: 3 },
      { type: 'record', next: 9, lines: 1 },
    ]);
  });

  test('give back every line with its number, each record as full as it can be', () => {
    const lines = fc.array(fc.string({ maxLength: 30 }).map((text) => `x${text.replaceAll(/[\r\n]/g, '')}`));
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 200 }), (texts, largestRecord) => {
        const records = recordsOf(write(numbered(texts), { largestRecord }));
        const read = records.map(({ data }) => readRecord(data));
        expect(read.flatMap(({ lines }) => lines).map(({ offset, text, network }) => [offset, text, network])).toEqual(
          texts.map((text, offset) => [offset, text, SHOP]),
        );
        for (const [index, { data, next, lines }] of records.entries()) {
          expect(next).toBe((read[index]?.envelope?.offset ?? NaN) + lines);
          expect(data.length <= largestRecord || lines === 1).toBe(true);
          const following = texts[next] === undefined ? Infinity : Buffer.byteLength(texts[next]);
          expect(data.length + 1 + following).toBeGreaterThan(largestRecord);
        }
      }),
      seeded(200),
    );
  });

  test('are none of no lines', () => {
    expect(write([])).toEqual([]);
  });

  test('are 256 KB at most, unless told otherwise', () => {
    const records = recordsOf(write(numbered(Array.from({ length: 10_000 }, () => 'x'.repeat(99)))));
    expect(records).toHaveLength(4);
    expect(Math.max(...records.map(({ data }) => data.length))).toBeLessThanOrEqual(256 * 1024);
  });

  test('do not go on over a gap in the numbers', () => {
    const written = write([...numbered(['a', 'b'], 3), ...numbered(['c'], 9)]);
    expect(recordsOf(written).map((record) => readRecord(record.data).lines.map(({ offset }) => offset))).toEqual([
      [3, 4],
      [9],
    ]);
  });

  test('do without the byte order mark of the log, and of the log alone', () => {
    const [record] = recordsOf(write(numbered(['\ufeffa', '\ufeffb'])));
    expect(textOf(record!)).toBe('{"network":"shop","source":"s","offset":0}\na\n\ufeffb');
  });

  test('need not name a network', () => {
    const [record] = recordsOf(write(numbered(['a']), { network: undefined }));
    expect(textOf(record!)).toBe('{"source":"s","offset":0}\na');
  });

  test('keep their bytes when the log is read on into the same memory', () => {
    const writer = new RecordWriter({ source: 's' });
    const bytes = Buffer.from('first');
    writer.add({ offset: 0, bytes });
    bytes.write('other');
    writer.add({ offset: 1, bytes });
    expect(writer.end().map(textOf)).toEqual(['{"source":"s","offset":0}\nfirst\nother']);
    expect(writer.end()).toEqual([]);
  });
});

describe('a long line', () => {
  const longest = LARGEST_RECORD - ENVELOPE_BYTES;

  test('makes a record by itself', () => {
    const written = write(numbered(['a', 'x'.repeat(longest), 'b']));
    expect(recordsOf(written).map(({ next, lines }) => [next, lines])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(Math.max(...recordsOf(written).map(({ data }) => data.length))).toBe(LARGEST_RECORD);
  });

  test('that fits into no record is given back, in its place', () => {
    const line = 'x'.repeat(longest + 1);
    const written = write(numbered(['a', line, 'b']));
    expect(written).toMatchObject([
      { type: 'record', next: 1 },
      { type: 'overlong', offset: 1 },
      { type: 'record', next: 3, lines: 1 },
    ]);
    const given = written.find((record) => record.type === 'overlong');
    expect(Buffer.from(given!.bytes).equals(Buffer.from(line))).toBe(true);
  });

  test('is never put because of a large limit', () => {
    const [record, ...others] = recordsOf(
      write(numbered(Array(2_000).fill('x'.repeat(999))), { largestRecord: 2 ** 30 }),
    );
    expect(record!.data.length).toBeLessThanOrEqual(LARGEST_RECORD);
    expect(others).toHaveLength(1);
  });
});
