import { cpus } from 'node:os';
import { readBenchOptions, type BenchOptions, type TableName } from './bench-options.ts';
import { tabulateMonthly } from './cloud/tabulate-monthly.ts';
import { tabulateBundles, tabulateLoad, tabulateSaturation } from './cloud/tabulate-cloud.ts';
import { tabulateForest } from './forest/tabulate-forest.ts';
import { tabulateGrowth } from './in-process/growth.ts';
import { runScript } from './in-process/run-script.ts';
import { tabulateApi } from './local/tabulate-api.ts';
import { tabulateSeriesLatency } from './local/tabulate-series-latency.ts';
import { runDetectAgainstFloor } from './processes/detect-against-floor.ts';
import { runPipedStream } from './processes/flat-memory.ts';
import { reportComparisons, type Measured } from './processes/report.ts';
import { tabulateSeriesQuality } from './series/tabulate-series-quality.ts';
import { formatTable } from './table.ts';
import { LABELLED_FILE } from './transactions/labelled-transactions.ts';
import { withTemporaryFolder } from './temporary-folder.ts';
import { WORKLOADS, type WorkloadName } from './workloads.ts';

const TABLES = {
  cost: async () => ['What 1,000 events ask of AWS, and what a million cost', await runScript('cloud/measure-cost.ts')],
  'hub-cloud': async () => ['A user with 100,000 friends, in the cloud', await runScript('cloud/measure-hub.ts')],
  saturation: async (tell) => ['One function and a shard that brings 1 MB a second', await tabulateSaturation(tell)],
  load: async (tell) => ['Loading a batch log', await tabulateLoad(tell)],
  bundles: async (tell) => ['The functions’ bundles', await tabulateBundles(tell)],
  forest: async (tell) => ['Isolation forests: 100 trees, 256 rows each', await tabulateForest(tell)],
  scoring: async () => ['Judging and learning transactions', await runScript('transactions/measure-scoring.ts')],
  'transactions-quality': async () => [
    'Labelled transactions: trained on the first half in time, scored on the second',
    await runScript('transactions/measure-quality.ts', [LABELLED_FILE]),
  ],
  'transactions-cost': async () => [
    'What 1,000 transactions ask of AWS, and what a million cost',
    await runScript('cloud/measure-transactions-cost.ts'),
  ],
  series: async () => ['Series on one core', await runScript('series/measure-series.ts')],
  'series-cost': async () => ['What a point of a series asks of AWS', await runScript('cloud/measure-series-cost.ts')],
  'series-quality': async (tell) => ['Alerts on labelled series, by the rules of NAB', tabulateSeriesQuality(tell)],
  api: async (tell) => ['The HTTP API, on a local run with 100,000 transactions', await tabulateApi(tell)],
  monthly: async (tell) => ['What a month costs, in dollars', await tabulateMonthly(tell)],
  'series-latency': async (tell) => ['Series clients at once, on a local run', await tabulateSeriesLatency(tell)],
} as const satisfies Record<TableName, (tell: (text: string) => void) => Promise<string[]>>;

try {
  await runBench(readBenchOptions(process.argv.slice(2)));
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function runBench(options: BenchOptions): Promise<void> {
  print(`Node ${process.version}, ${process.platform}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`);
  if (options.workloads.length > 0) await benchProcesses(options.workloads, options.runs);
  if (options.judging) await benchJudging();
  if (options.growth) print('One judgement as the network grows', await tabulateGrowth(progress));
  if (options.tenMillion) await benchFlatMemory();
  for (const name of options.tables) print(...(await TABLES[name](progress)));
}

async function benchProcesses(names: readonly WorkloadName[], runs: number): Promise<void> {
  const measured: Measured[] = [];
  for (const name of names) {
    progress(`${name}: ${runs} runs of detect and of the floor, in turn`);
    const comparison = await withTemporaryFolder((folder) => runDetectAgainstFloor(WORKLOADS[name], { folder, runs }));
    measured.push([name, comparison]);
  }
  print('Whole processes, start to exit, against the floor', reportComparisons(measured));
}

async function benchJudging(): Promise<void> {
  progress('judging single purchases');
  print('One judgement and its parts', await runScript('in-process/judge-purchases.ts'));
}

async function benchFlatMemory(): Promise<void> {
  const rows = [['events', 'peak MB', 'seconds']];
  for (const events of [1_000_000, 10_000_000]) {
    progress(`${events.toLocaleString('en')} events through a pipe`);
    const { peakBytes, wallMs } = await withTemporaryFolder((folder) => runPipedStream(events, folder));
    rows.push([events.toLocaleString('en'), (peakBytes / 1e6).toFixed(0), (wallMs / 1000).toFixed(1)]);
  }
  print('A stream through a pipe', formatTable(rows));
}

function print(...lines: string[]): void {
  console.log(`${lines.join('\n')}\n`);
}

function progress(text: string): void {
  console.error(`... ${text}`);
}
