import { median } from '../median.ts';
import type { ProcessRunner, ProcessUsage, Program } from './run-process.ts';

export interface Rivals {
  readonly program: Program;
  readonly floor: Program;
}

export interface Comparison {
  readonly program: ProcessUsage;
  readonly floor: ProcessUsage;
  readonly wallRatio: number;
  readonly cpuRatio: number;
}

/** Medians over runs in turn, A B A B, so that what else the machine does meets both alike; the first turn warms up. */
export async function compare(runner: ProcessRunner, rivals: Rivals, runs: number): Promise<Comparison> {
  const turns: { program: ProcessUsage; floor: ProcessUsage }[] = [];
  for (let turn = 0; turn <= runs; turn++) {
    const program = await runner.run(rivals.program);
    const floor = await runner.run(rivals.floor);
    if (turn > 0) turns.push({ program, floor });
  }
  return {
    program: medianUsage(turns.map(({ program }) => program)),
    floor: medianUsage(turns.map(({ floor }) => floor)),
    wallRatio: median(turns.map(({ program, floor }) => program.wallMs / floor.wallMs)),
    cpuRatio: median(turns.map(({ program, floor }) => program.cpuMs / floor.cpuMs)),
  };
}

function medianUsage(usages: readonly ProcessUsage[]): ProcessUsage {
  return {
    wallMs: median(usages.map(({ wallMs }) => wallMs)),
    cpuMs: median(usages.map(({ cpuMs }) => cpuMs)),
    peakBytes: Math.max(...usages.map(({ peakBytes }) => peakBytes)),
  };
}
