import { expect, test } from 'vitest';
import { csvPoints, type BadRow, type CsvPoint, type CsvSource } from '../../../lib/cli/stream/csv-points.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';

async function read(text: string | readonly string[], names: Partial<CsvSource['columns']> = {}) {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const chunk of [text].flat()) yield Buffer.from(chunk);
  }
  const rows: (CsvPoint | BadRow)[] = [];
  const columns = { timestamp: undefined, value: undefined, ...names };
  for await (const row of csvPoints({ chunks: chunks(), name: 'p.csv', columns })) rows.push(row);
  return rows;
}

const shortOf = (rows: readonly (CsvPoint | BadRow)[]): unknown[] =>
  rows.map((row) => (row.kind === 'point' ? [row.line, row.timestamp, row.value] : [row.line, row.reason]));

test('a stock price file gives the close of each day, wherever it is cut', async () => {
  const text = 'Date,Open,Close\n2020-01-02,1.5,2.5\n2020-01-03 10:00,2.5,-.5e1\n';
  const expected = [
    { kind: 'point', line: 2, end: 35, timestamp: '2020-01-02', value: 2.5 },
    { kind: 'point', line: 3, end: 62, timestamp: '2020-01-03 10:00', value: -5 },
  ];
  expect(await read(text)).toEqual(expected);
  expect(await read(text.split(''))).toEqual(expected);
  expect(await read(text.trimEnd())).toEqual([expected[0], { ...expected[1], end: 62 }]);
});

test('other columns can be chosen, by their name in whatever case', async () => {
  const text = 'id,When,open,Open,value\n7,2020-01-02,1,2,3\n';
  expect(shortOf(await read(text, { timestamp: 'when', value: 'Open' }))).toEqual([[2, '2020-01-02', 2]]);
  expect(shortOf(await read(text, { timestamp: 'When', value: 'OPEN' }))).toEqual([[2, '2020-01-02', 1]]);
});

test('quotes, blanks, empty lines, CRLF, a byte order mark and other delimiters do not matter', async () => {
  const text = '\uFEFFtimestamp;"value"\r\n\r\n "2020-01-02" ; 1.5 \r\n1577923200;2\r\n';
  expect(shortOf(await read(text))).toEqual([
    [3, '2020-01-02', 1.5],
    [4, '1577923200', 2],
  ]);
  expect(shortOf(await read('time\tprice\n1\t"$1,234.50"\n'))).toEqual([[2, '1', 1234.5]]);
});

test('a row that is no point is named with its line and the reason, and spoils no other', async () => {
  const rows = await read('time,value\n1,x\n2,\n3\nyesterday,4\n5,"6\n7,"8"9\n10,1e999\n2020-02-30,1\n11,"12"\n');
  expect(shortOf(rows)).toEqual([
    [2, 'value must be a decimal number (given "x")'],
    [3, 'value must be a decimal number (given "")'],
    [4, 'value must be a decimal number (given "")'],
    [5, expect.stringMatching(/^timestamp must be .* \(given "yesterday"\)$/)],
    [6, 'a quoted field does not end as it should'],
    [7, 'a quoted field does not end as it should'],
    [8, 'value must be a decimal number (given "1e999")'],
    [9, expect.stringMatching(/^timestamp must be /)],
    [10, '11', 12],
  ]);
});

test('an overlong line is a bad row', async () => {
  const rows = await read(['time,value\n', 'x'.repeat(17 * 1024 * 1024), '\n1,2\n']);
  expect(shortOf(rows)).toEqual([
    [2, 'the line is too long'],
    [3, '1', 2],
  ]);
});

test.each([
  ['', {}, 'p.csv is empty: its first line has to name its columns'],
  ['a,"b\n', {}, 'p.csv has no header line: a quoted field does not end as it should'],
  ['Date,Last\n', {}, 'p.csv has no value column; choose with --value-column one of: Date, Last'],
  [
    'Date,Close\n',
    { value: 'Clse' },
    'p.csv has no column "Clse" (did you mean Close?); choose with --value-column one of: Date, Close',
  ],
  ['x,value\n', {}, 'p.csv has no timestamp column; choose with --timestamp-column one of: x, value'],
])('%j is refused', async (text, names, message) => {
  await expect(read(text, names)).rejects.toThrow(new UsageError(message));
});
