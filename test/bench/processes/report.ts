import { describeGoal } from '../goals.ts';
import { formatTable } from '../table.ts';
import { WORKLOADS, type WorkloadName } from '../workloads.ts';
import type { Comparison } from './compare.ts';

const HEADINGS = [
  'workload',
  'events/s',
  'wall ms',
  'CPU ms',
  'peak MB',
  'floor wall',
  'floor CPU',
  'wall x',
  'CPU x',
  'goal',
];

export type Measured = readonly [WorkloadName, Comparison];

export function reportComparisons(measured: readonly Measured[]): string {
  return formatTable([HEADINGS, ...measured.map(comparisonRow)]);
}

function comparisonRow([name, comparison]: Measured): string[] {
  const { program, floor, wallRatio, cpuRatio } = comparison;
  const events = WORKLOADS[name].batch.events + WORKLOADS[name].stream.events;
  return [
    name,
    Math.round((events / program.wallMs) * 1000).toLocaleString('en'),
    program.wallMs.toFixed(0),
    program.cpuMs.toFixed(0),
    (program.peakBytes / 1e6).toFixed(0),
    floor.wallMs.toFixed(0),
    floor.cpuMs.toFixed(0),
    wallRatio.toFixed(2),
    cpuRatio.toFixed(2),
    describeGoal(name, comparison),
  ];
}
