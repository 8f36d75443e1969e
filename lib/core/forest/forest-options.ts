import { MOST_COLUMNS } from './tree.ts';

export const MOST_TREES = 500;
export const MOST_SAMPLED = 4_096;

export interface ForestOptions {
  readonly columns: number;
  /** By default 100. */
  readonly trees?: number;
  /** Rows that each tree is grown from, at most all there are. By default 256. */
  readonly sampleSize?: number;
  /** Any safe integer. */
  readonly seed: number;
}

/** Fills in the defaults. @throws RangeError for options out of range. */
export function checkOptions({ columns, trees = 100, sampleSize = 256, seed }: ForestOptions): Required<ForestOptions> {
  checkInteger('columns of a forest', columns, MOST_COLUMNS);
  checkInteger('trees of a forest', trees, MOST_TREES);
  checkInteger('sampled rows of a tree', sampleSize, MOST_SAMPLED);
  return { columns, trees, sampleSize, seed };
}

/** @throws RangeError unless there is a row, all rows are whole, and all numbers finite. */
export function checkRows(rows: Float64Array, columns: number): void {
  if (rows.length === 0 || rows.length % columns !== 0) {
    throw new RangeError(`rows must be at least one, of ${columns} numbers each (given ${rows.length} numbers)`);
  }
  // Not findIndex: a call for each number would take a seventh of the time of fitting.
  for (let at = 0; at < rows.length; at++) {
    if (!Number.isFinite(rows[at]))
      throw new RangeError(`rows must be finite numbers (${describe(rows, columns, at)})`);
  }
}

function checkInteger(what: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`the ${what} must be an integer from 1 to ${most} (given ${value})`);
}

/** @throws RangeError unless all rows are whole. */
export function checkWidth(rows: Float64Array, columns: number): void {
  if (rows.length % columns === 0) return;
  throw new RangeError(`rows must be whole, of ${columns} numbers each (given ${rows.length} numbers)`);
}

/** @throws RangeError unless the row is there and no number in it is NaN. Infinite numbers are beyond every split. */
export function checkRow(rows: Float64Array, columns: number, row: number): void {
  const offset = row * columns;
  if (!(Number.isInteger(row) && offset >= 0 && offset + columns <= rows.length)) {
    throw new RangeError(`a row must be one of ${Math.floor(rows.length / columns)} (given ${row})`);
  }
  for (let column = 0; column < columns; column++) {
    if (Number.isNaN(rows[offset + column])) {
      throw new RangeError(`rows must be numbers (${describe(rows, columns, offset + column)})`);
    }
  }
}

function describe(rows: Float64Array, columns: number, at: number): string {
  return `given ${rows[at]} in row ${Math.floor(at / columns)}, column ${at % columns}`;
}
