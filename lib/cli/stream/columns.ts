import { suggestion } from '../../core/text/nearest-name.ts';
import { shortPrintable } from '../terminal/printable.ts';
import { UsageError } from '../usage-error.ts';

/** Which fields of a record hold the point. */
export interface Columns {
  readonly timestamp: number;
  readonly value: number;
}

export interface ColumnNames {
  readonly timestamp: string | undefined;
  readonly value: string | undefined;
}

/** What the columns are called in most files, the likeliest first. */
const USUAL_NAMES = {
  timestamp: ['timestamp', 'time', 'datetime', 'date'],
  value: ['value', 'close', 'price'],
} as const satisfies Readonly<Record<keyof Columns, readonly string[]>>;

/** Finds the columns in a header. @throws UsageError that says which columns there are */
export function findColumns(header: readonly string[], names: ColumnNames, file: string): Columns {
  const find = (column: keyof Columns): number => findColumn({ header, column, given: names[column], file });
  return { timestamp: find('timestamp'), value: find('value') };
}

interface Wanted {
  readonly header: readonly string[];
  readonly column: keyof Columns;
  readonly given: string | undefined;
  readonly file: string;
}

function findColumn({ header, column, given, file }: Wanted): number {
  const candidates = given === undefined ? USUAL_NAMES[column] : [given];
  const lower = header.map((name) => name.toLowerCase());
  const found = [header.indexOf(given ?? ''), ...candidates.map((name) => lower.indexOf(name.toLowerCase()))];
  const index = found.find((place) => place >= 0);
  if (index !== undefined) return index;
  const wanted = given === undefined ? `${column} column` : `column ${JSON.stringify(given)}`;
  const hint = given === undefined ? '' : suggestion(given, header);
  const shown = header.map((name) => shortPrintable(name, 30)).join(', ');
  throw new UsageError(`${file} has no ${wanted}${hint}; choose with --${column}-column one of: ${shown}`);
}
