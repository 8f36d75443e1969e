import { resolve } from 'node:path';
import type { NumberedPoint } from '../../client/point.ts';
import { isStandardInput } from '../files/inspect-log.ts';
import { UsageError } from '../usage-error.ts';
import type { CsvPoint } from './csv-points.ts';
import type { StreamRequest } from './request.ts';
import { findUnfinishedRun, type StreamRun } from './stream-logs.ts';

export interface ChosenRun extends StreamRun {
  /** The last point that was answered before; undefined for a run that begins. */
  readonly answered: NumberedPoint | undefined;
  readonly isNew: boolean;
}

/** Goes on with the client's last run if that was of the same file and did not come to its end; else begins one. */
export async function chooseRun(request: StreamRequest, newSource: () => string): Promise<ChosenRun> {
  const { file, columns, clientId, logs, restart } = request;
  const run = { file: resolve(file), columns: [columns.timestamp ?? '', columns.value ?? ''].join('\t') };
  // What comes on standard input now may be anything.
  const isResumable = !restart && !isStandardInput(file);
  const last = isResumable ? await findUnfinishedRun(logs, clientId) : undefined;
  if (last?.file === run.file && last.columns === run.columns) {
    return { ...run, source: last.source, answered: last.answered, isNew: false };
  }
  return { ...run, source: newSource(), answered: undefined, isNew: true };
}

/** Makes sure that a row is the point that its number was given to before. @throws UsageError */
export function expectSame(answered: NumberedPoint, { timestamp, value, line }: CsvPoint, file: string): void {
  if (answered.timestamp === timestamp && answered.value === value) return;
  throw new UsageError(
    `${file}:${line} is not what was streamed as point ${answered.sequence} before: the file has changed; --restart begins anew`,
  );
}
