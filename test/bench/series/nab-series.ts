import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

/** The Numenta Anomaly Benchmark lies beside the repository where quality is measured; it is not part of it. */
const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/nab');
const LABELS = path.join(FOLDER, 'labels/combined_windows.json');

/** Without milliseconds: what labels and rows have in common. */
const TIMESTAMP_LENGTH = '2014-04-10 07:15:00'.length;

export interface LabelledSeries {
  readonly name: string;
  readonly values: readonly number[];
  /** The first and the last place of each labelled window, in order. */
  readonly windows: readonly (readonly [first: number, last: number])[];
}

export const hasNab = existsSync(LABELS);

export function readNab(): LabelledSeries[] {
  const labels = JSON.parse(readFileSync(LABELS, 'utf8')) as Record<string, [string, string][]>;
  return Object.entries(labels).map(([name, windows]) => readSeries(name, windows));
}

function readSeries(name: string, windows: readonly [string, string][]): LabelledSeries {
  const rows: { timestamp: string; value: string }[] = parse(readFileSync(path.join(FOLDER, 'data', name)), {
    columns: true,
  });
  const places = new Map(rows.map(({ timestamp }, place) => [timestamp, place] as const).toReversed());
  const placeOf = (label: string): number => {
    const place = places.get(label.slice(0, TIMESTAMP_LENGTH));
    if (place === undefined) throw new Error(`${name} has no row of the labelled time ${label}`);
    return place;
  };
  return {
    name,
    values: rows.map(({ value }) => Number(value)),
    windows: windows.map(([first, last]) => [placeOf(first), placeOf(last)] as const),
  };
}
