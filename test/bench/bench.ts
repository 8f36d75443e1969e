import { cpus } from 'node:os';
import { readBenchOptions } from './bench-options.ts';
import { runDetectAgainstFloor } from './processes/detect-against-floor.ts';
import { runPipedStream } from './processes/flat-memory.ts';
import { reportComparisons, type Measured } from './processes/report.ts';
import { formatTable } from './table.ts';
import { withTemporaryFolder } from './temporary-folder.ts';
import { WORKLOADS, type WorkloadName } from './workloads.ts';

const options = readBenchOptions(process.argv.slice(2));
console.log(`Node ${process.version}, ${process.platform}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}\n`);
if (options.workloads.length > 0) await benchProcesses(options.workloads);
if (options.tenMillion) await benchFlatMemory();

async function benchProcesses(names: readonly WorkloadName[]): Promise<void> {
  const measured: Measured[] = [];
  for (const name of names) {
    progress(`${name}: whole processes, ${options.runs} runs of detect and of the floor`);
    const comparison = await withTemporaryFolder((folder) =>
      runDetectAgainstFloor(WORKLOADS[name], { folder, runs: options.runs }),
    );
    measured.push([name, comparison]);
  }
  console.log(`flagstone detect, start to exit, against the floor (${options.runs} runs each)`);
  console.log(`${reportComparisons(measured)}\n`);
}

async function benchFlatMemory(): Promise<void> {
  const rows = [['events through a pipe', 'peak MB', 'wall s']];
  for (const events of [1_000_000, 10_000_000]) {
    progress(`${events.toLocaleString('en')} events through a pipe`);
    const { peakBytes, wallMs } = await withTemporaryFolder((folder) => runPipedStream(events, folder));
    rows.push([events.toLocaleString('en'), (peakBytes / 1e6).toFixed(0), (wallMs / 1000).toFixed(1)]);
  }
  console.log(`${formatTable(rows)}\n`);
}

function progress(text: string): void {
  console.error(`... ${text}`);
}
