import { parse } from 'csv-parse/sync';
import { accept, reject, type Parsed } from '../../core/events/event.ts';

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that a header line has most of; a comma if it has none. */
export function delimiterOf(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/**
 * Reads a line of CSV by itself, so that one with a stray quote spoils no other: fields do not go on over lines.
 */
export function readRecord(line: string, delimiter: string): Parsed<readonly string[]> {
  try {
    const records: string[][] = parse(line, { delimiter, relax_column_count: true, relax_quotes: true, trim: true });
    return accept(records[0] ?? []);
  } catch {
    return reject('a quoted field does not end as it should');
  }
}
