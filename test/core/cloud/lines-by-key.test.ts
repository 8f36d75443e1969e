import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinesByKey, type RecordBatch } from '../../../lib/core/cloud/lines-by-key.ts';
import { seeded } from '../../seeded.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (data: Uint8Array): string => Buffer.from(data).toString();

test('gathers the lines of a key in one record, in their order', () => {
  const lines = new LinesByKey();
  for (const [key, line] of ['a1', 'b1', 'a2', 'a', 'b'].map((text) => [text.charAt(0), text.slice(1)] as const)) {
    expect(lines.add(key, bytes(line))).toEqual([]);
  }
  const [batch] = lines.end();
  expect(batch?.lines).toBe(5);
  expect(batch?.records.map(({ partitionKey, data }) => [partitionKey, textOf(data)])).toEqual([
    ['a', '1\n2\n'],
    ['b', '1\n'],
  ]);
  expect(lines.end()).toEqual([]);
});

test('keeps its own copy of a line', () => {
  const lines = new LinesByKey();
  const line = bytes('one');
  lines.add('a', line);
  line.fill(0);
  expect(textOf(lines.end()[0]!.records[0]!.data)).toBe('one');
});

test('a batch is full by its lines, by its keys and by its bytes', () => {
  const byLines = new LinesByKey({ lines: 2 });
  expect(['a', 'a', 'a'].map((key) => byLines.add(key, bytes('x'))?.length)).toEqual([0, 0, 1]);
  const byKeys = new LinesByKey({ records: 2 });
  expect(['a', 'b', 'a', 'c'].map((key) => byKeys.add(key, bytes('x'))?.length)).toEqual([0, 0, 0, 1]);
  const byBytes = new LinesByKey();
  const half = new Uint8Array(130_000);
  expect(['a', 'b', 'a'].map((key) => byBytes.add(key, half)?.length)).toEqual([0, 0, 1]);
});

test('takes a line that fills a record by itself, and none that is longer', () => {
  const lines = new LinesByKey();
  expect(lines.add('a', new Uint8Array(1024 * 1024 - 1088))).toEqual([]);
  expect(lines.add('a', new Uint8Array(1024 * 1024 - 1087))).toBeUndefined();
  expect(lines.add('a', bytes('x'))).toHaveLength(1);
});

test('cuts keys that Kinesis would refuse', () => {
  const lines = new LinesByKey();
  lines.add('k'.repeat(300), bytes('x'));
  expect(lines.end()[0]!.records[0]!.partitionKey).toBe('k'.repeat(256));
});

test('whatever comes, the batches hold each line once, in the order of its key', () => {
  const arrival = fc.record({ key: fc.constantFrom('a', 'b', 'c'), line: fc.string({ unit: 'grapheme-ascii' }) });
  fc.assert(
    fc.property(fc.array(arrival), fc.integer({ min: 1, max: 4 }), (arrivals, limit) => {
      const lines = new LinesByKey({ lines: limit, records: 2 });
      const batches: RecordBatch[] = arrivals.flatMap(({ key, line }) => lines.add(key, bytes(line)) ?? []);
      batches.push(...lines.end());
      for (const key of ['a', 'b', 'c']) {
        const records = batches.flatMap((batch) => batch.records.filter(({ partitionKey }) => partitionKey === key));
        const expected = arrivals.filter((each) => each.key === key).map(({ line }) => line);
        expect(records.map(({ data }) => textOf(data)).join('\n')).toBe(expected.join('\n'));
      }
      for (const { records } of batches)
        expect(new Set(records.map((each) => each.partitionKey)).size).toBe(records.length);
    }),
    seeded(200),
  );
});
