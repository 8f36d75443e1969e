import { join } from 'node:path';
import { runScript } from '../in-process/run-script.ts';
import { formatTable } from '../table.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { cpuMsOf, withLocalRun } from './local-run.ts';
import type { SeriesLatency } from './measure-series-latency.ts';

const LOADS = [
  { clients: 1, rate: 10, seconds: 5 },
  { clients: 200, rate: 10, seconds: 20 },
] as const;

interface Measured extends SeriesLatency {
  readonly clients: number;
  readonly rate: number;
  readonly serverCpuMs: number;
}

/** Many clients at once on a fresh local run. */
export async function tabulateSeriesLatency(progress: (text: string) => void): Promise<string> {
  const rows = [HEADER];
  for (const load of LOADS) {
    progress(`${load.clients} series clients, ${load.rate} points a second each, for ${load.seconds} s`);
    rows.push(rowOf(await measure(load)));
  }
  return formatTable(rows);
}

function measure({ clients, rate, seconds }: (typeof LOADS)[number]): Promise<Measured> {
  return withTemporaryFolder((folder) =>
    withLocalRun(join(folder, 'data'), async ({ pid, endpoints }) => {
      if (endpoints.series === undefined) throw new Error('the local run takes no series');
      const before = cpuMsOf(pid);
      const parameters = [endpoints.series, clients, rate, seconds].map(String);
      const measured = JSON.parse(await runScript('local/measure-series-latency.ts', parameters)) as SeriesLatency;
      return { ...measured, clients, rate, serverCpuMs: cpuMsOf(pid) - before };
    }),
  );
}

const HEADER = [
  'clients',
  'points/s each',
  'sent',
  'answered',
  'in order',
  'reconnects',
  'median ms',
  'p99 ms',
  'longest ms',
  'seconds',
  'CPU ms an answer',
  'of the clients',
];

function rowOf(measured: Measured): string[] {
  const { clients, rate, sent, answered, isInOrder, reconnects, wallMs, serverCpuMs, clientCpuMs } = measured;
  const { medianMs, p99Ms, longestMs } = measured;
  return [
    ...[clients, rate, sent, answered].map((count) => count.toLocaleString('en')),
    isInOrder ? 'yes' : 'NO',
    String(reconnects),
    ...[medianMs, p99Ms, longestMs].map((milliseconds) => milliseconds.toFixed(1)),
    (wallMs / 1000).toFixed(1),
    (serverCpuMs / answered).toFixed(2),
    (clientCpuMs / answered).toFixed(2),
  ];
}
