import { join } from 'node:path';
import { runScript } from '../in-process/run-script.ts';
import { formatTable } from '../table.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { withLocalRun } from './local-run.ts';
import type { MeasuredRoute } from './measure-api.ts';

const HEADER = ['request', 'answered', 'median ms', 'p99 ms', 'longest ms', 'KB', 'requests of tables', 'read units'];

/** Each route of the API asked at a steady rate, one route after the other, on a fresh local run that has been filled. */
export async function tabulateApi(progress: (text: string) => void): Promise<string> {
  progress('100,000 transactions are stored, then each route is asked 50 times a second for 5 s');
  const measured = await withTemporaryFolder((folder) =>
    withLocalRun(join(folder, 'data'), async ({ endpoints, resources }) => {
      return JSON.parse(
        await runScript('local/measure-api.ts', [JSON.stringify({ endpoints, resources })]),
      ) as MeasuredRoute[];
    }),
  );
  return formatTable([HEADER, ...measured.map(rowOf)]);
}

function rowOf({ path, asked, answered, ...route }: MeasuredRoute): string[] {
  const { medianMs, p99Ms, longestMs, bytes, tableRequests, readUnits } = route;
  return [
    path,
    `${answered} of ${asked}`,
    ...[medianMs, p99Ms, longestMs, bytes / 1000].map((figure) => figure.toFixed(1)),
    String(tableRequests),
    String(readUnits),
  ];
}
