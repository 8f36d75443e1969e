import { parse, type CsvError } from 'csv-parse';
import { pipeline } from 'node:stream';
import { reject, type Parsed } from '../../core/events/event.ts';
import type { LogSource } from '../files/log-source.ts';
import { UsageError } from '../usage-error.ts';
import { readCsvHeader, type TransactionFields } from './csv-fields.ts';

export interface CsvRow {
  /** Counted from 1; a row that takes several lines has the number of its last. */
  readonly line: number;
  readonly fields: Parsed<TransactionFields>;
}

/** As the parser gives it, where it is asked for the place too. */
interface ParsedRow {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/** A quotation mark that nobody closes would take the rest of the file into memory. */
const LONGEST_ROW = 1024 * 1024;

/** Reads a CSV file with the names of its columns in the first line. @throws UsageError for one that is none, with its line */
export async function* readCsv({ path, chunks }: LogSource): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  // An error of either reaches whoever iterates.
  const rows: AsyncIterable<ParsedRow> = pipeline(copies(chunks), parser, () => undefined);
  let fieldsOf: ((row: readonly string[]) => TransactionFields) | undefined;
  let columns = 0;
  try {
    for await (const { info, record } of rows) {
      if (fieldsOf === undefined) {
        const header = readCsvHeader(record);
        if (!header.ok) throw new UsageError(`${path}: ${header.reason}`);
        fieldsOf = header.value;
        columns = record.length;
      } else yield { line: info.lines, fields: asMany(record, columns, fieldsOf) };
    }
  } catch (error) {
    throw isCsvError(error) ? new UsageError(`${path} is no CSV file: ${error.message}`, { cause: error }) : error;
  }
  if (fieldsOf === undefined) throw new UsageError(`${path} is empty: the first line must name the columns`);
}

function asMany(
  row: readonly string[],
  columns: number,
  fieldsOf: (row: readonly string[]) => TransactionFields,
): Parsed<TransactionFields> {
  if (row.length !== columns) return reject(`a row must have ${columns} cells, as the first (given ${row.length})`);
  return { ok: true, value: fieldsOf(row) };
}

// As the file is read, chunks are overwritten; the parser may keep them for longer.
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}
