import type { Comparison } from './processes/compare.ts';
import type { WorkloadName } from './workloads.ts';

interface Goal {
  readonly wallRatio: number;
  readonly peakMegabytes: number;
}

const GOALS: Partial<Record<WorkloadName, Goal>> = {
  sample: { wallRatio: 0.4, peakMegabytes: 150 },
  large: { wallRatio: 0.6, peakMegabytes: 350 },
};

/** What a workload is to reach, and whether it did; empty if nothing was set. */
export function describeGoal(name: WorkloadName, comparison: Comparison): string {
  const goal = GOALS[name];
  if (goal === undefined) return '';
  const met = comparison.wallRatio <= goal.wallRatio && comparison.program.peakBytes <= goal.peakMegabytes * 1e6;
  return `${goal.wallRatio} x, ${goal.peakMegabytes} MB: ${met ? 'met' : 'missed'}`;
}
