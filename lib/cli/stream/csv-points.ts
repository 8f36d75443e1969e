import { readPointTime } from '../../core/series-cloud/point-time.ts';
import { accept, reject, type Parsed } from '../../core/events/event.ts';
import { UsageError } from '../usage-error.ts';
import { findColumns, type ColumnNames, type Columns } from './columns.ts';
import { delimiterOf, readRecord } from './csv-record.ts';
import { textLines } from './text-lines.ts';

export interface CsvPoint {
  readonly kind: 'point';
  /** Number of its line, from 1. */
  readonly line: number;
  /** Bytes of the file up to the end of the line. */
  readonly end: number;
  /** As in the file. */
  readonly timestamp: string;
  readonly value: number;
}

export interface BadRow {
  readonly kind: 'bad row';
  readonly line: number;
  readonly reason: string;
}

export interface CsvSource {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** For messages. */
  readonly name: string;
  readonly columns: ColumnNames;
}

/** The points of a CSV file in its order, and the rows that are none. @throws UsageError if its header lacks a column */
export async function* csvPoints({ chunks, name, columns }: CsvSource): AsyncGenerator<CsvPoint | BadRow> {
  let header: { readonly delimiter: string; readonly columns: Columns } | undefined;
  for await (const { number: line, text, end } of textLines(chunks)) {
    if (text?.trim() === '') continue;
    if (header === undefined) {
      header = readHeader(text ?? '', name, columns);
      continue;
    }
    const row = text === undefined ? reject('the line is too long') : readRow(text, header.delimiter, header.columns);
    yield row.ok ? { kind: 'point', line, end, ...row.value } : { kind: 'bad row', line, reason: row.reason };
  }
  if (header === undefined) throw new UsageError(`${name} is empty: its first line has to name its columns`);
}

function readHeader(text: string, name: string, columns: ColumnNames) {
  const delimiter = delimiterOf(text);
  const record = readRecord(text, delimiter);
  if (!record.ok) throw new UsageError(`${name} has no header line: ${record.reason}`);
  return { delimiter, columns: findColumns(record.value, columns, name) };
}

type Row = Pick<CsvPoint, 'timestamp' | 'value'>;

function readRow(text: string, delimiter: string, columns: Columns): Parsed<Row> {
  const record = readRecord(text, delimiter);
  if (!record.ok) return record;
  const timestamp = record.value[columns.timestamp] ?? '';
  // The server's own reading, so that no point is sent for nothing.
  const time = readPointTime(timestamp);
  if (!time.ok) return time;
  const value = readValue(record.value[columns.value] ?? '');
  return value.ok ? accept({ timestamp, value: value.value }) : value;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** As in some stock price files: `$1,234.50`. */
const PRICE = /^([+-]?)\$?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)$/;

function readValue(text: string): Parsed<number> {
  const plain = PRICE.exec(text)?.slice(1).join('').replaceAll(',', '') ?? text;
  const value = Number(plain);
  if (NUMBER.test(plain) && Number.isFinite(value)) return accept(value);
  return reject(`value must be a decimal number (given ${JSON.stringify(text.slice(0, 60))})`);
}
