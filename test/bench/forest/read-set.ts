import { readFileSync } from 'node:fs';

export interface LabelledSet {
  readonly columns: number;
  /** Row-major, without the label. */
  readonly rows: Float64Array;
  readonly isAnomaly: readonly boolean[];
}

/** Reads a CSV file of numbers whose last column is 1 for an anomaly; the first line names the columns. */
export function readSet(file: string): LabelledSet {
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const values = lines.map((line) => line.split(',').map(Number));
  return {
    columns: (values[0]?.length ?? 0) - 1,
    rows: Float64Array.from(values.flatMap((row) => row.slice(0, -1))),
    isAnomaly: values.map((row) => row.at(-1) === 1),
  };
}
