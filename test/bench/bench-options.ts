import { parseArgs } from 'node:util';
import { WORKLOAD_NAMES, type WorkloadName } from './workloads.ts';

const TABLES = [
  'cost',
  'hub-cloud',
  'saturation',
  'load',
  'bundles',
  'forest',
  'scoring',
  'transactions-quality',
  'transactions-cost',
  'series',
  'series-cost',
  'series-quality',
  'series-latency',
  'api',
  'monthly',
] as const;

export type TableName = (typeof TABLES)[number];

export interface BenchOptions {
  readonly workloads: readonly WorkloadName[];
  readonly runs: number;
  readonly judging: boolean;
  readonly growth: boolean;
  readonly tenMillion: boolean;
  readonly tables: readonly TableName[];
}

/** Reads `[--runs=N] [--ten-million] [NAME ...]`; without names everything but the ten million runs. */
export function readBenchOptions(argv: string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { runs: { type: 'string', default: '5' }, 'ten-million': { type: 'boolean', default: false } },
  });
  const known = [...WORKLOAD_NAMES, 'judging', 'growth', ...TABLES];
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`a name must be one of ${known.join(', ')} (given ${unknown})`);
  const isWanted = (name: string): boolean =>
    (positionals.length === 0 && !values['ten-million']) || positionals.includes(name);
  return {
    workloads: WORKLOAD_NAMES.filter(isWanted),
    runs: readRuns(values.runs),
    judging: isWanted('judging'),
    growth: isWanted('growth'),
    tenMillion: values['ten-million'],
    tables: TABLES.filter(isWanted),
  };
}

function readRuns(text: string): number {
  const runs = Number(text);
  if (Number.isInteger(runs) && runs > 0) return runs;
  throw new Error(`--runs must be an integer of at least 1 (given ${text})`);
}
