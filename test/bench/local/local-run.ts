import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRunFile, type RunFile } from '../../../lib/local/run-file.ts';

const PROGRAM = join(import.meta.dirname, '../../../dist/flagstone.js');
const POLL_MS = 50;
/** Of Linux; what /proc counts in. */
const TICKS_A_SECOND = 100;

/** The whole system in a process of its own, while the work goes on. */
export async function withLocalRun<Result>(data: string, work: (run: RunFile) => Promise<Result>): Promise<Result> {
  const child = spawn(process.execPath, [PROGRAM, 'start', `--data=${data}`, '--port=0'], { stdio: 'ignore' });
  try {
    return await work(await started(child, data));
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function started(child: ChildProcess, data: string): Promise<RunFile> {
  while (child.exitCode === null) {
    const run = await readRunFile(data);
    if (run !== undefined) return run;
    await sleep(POLL_MS);
  }
  throw new Error(`flagstone start ended with ${child.exitCode}`);
}

/** User and system time of all threads of a process so far; NaN where the system does not tell. */
export function cpuMsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
  } catch {
    return NaN;
  }
}
