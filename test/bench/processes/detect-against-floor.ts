import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeLogs } from '../generate-log.ts';
import type { Workload } from '../logs/workload.ts';
import { compare, type Comparison } from './compare.ts';
import { compile } from './compile.ts';
import { ProcessRunner } from './run-process.ts';

export const FLAGSTONE = join(import.meta.dirname, '../../../dist/flagstone.js');

export interface Bench {
  /** For logs and bundles. */
  readonly folder: string;
  readonly runs: number;
}

/** Whole processes, start to exit: `flagstone detect` on a workload's logs, and the floor on the same files. */
export async function runDetectAgainstFloor(workload: Workload, { folder, runs }: Bench): Promise<Comparison> {
  const logs = { batch: join(folder, 'batch_log.json'), stream: join(folder, 'stream_log.json') };
  await writeLogs(workload, logs);
  const output = join(folder, 'flagged_purchases.json');
  const detect = [
    'detect',
    `--batch-log=${logs.batch}`,
    `--stream-log=${logs.stream}`,
    `--output=${output}`,
    '--quiet',
  ];
  const floor = await compile(join(import.meta.dirname, '../floor.ts'), folder);
  const comparison = await compare(
    await ProcessRunner.in(folder),
    {
      program: { script: FLAGSTONE, parameters: detect },
      floor: { script: floor, parameters: [logs.batch, logs.stream] },
    },
    runs,
  );
  await Promise.all([logs.batch, logs.stream, output].map((path) => rm(path)));
  return comparison;
}
