import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions } from '../../../lib/stack/function-bundles.ts';
import { writeLogs } from '../generate-log.ts';
import { runScript } from '../in-process/run-script.ts';
import { median } from '../median.ts';
import { compile } from '../processes/compile.ts';
import { ProcessRunner } from '../processes/run-process.ts';
import { formatTable } from '../table.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { WORKLOADS } from '../workloads.ts';
import type { LoadMeasured } from './measure-load.ts';
import type { Saturation } from './measure-saturation.ts';

type Progress = (text: string) => void;

const ROOT = join(import.meta.dirname, '../../..');
const SATURATIONS = [
  { users: 10_000, flushEvery: 24 },
  { users: 100_000, flushEvery: 24 },
  { users: 100_000, flushEvery: 100 },
  { users: 1_000_000, flushEvery: 100 },
] as const;

export async function tabulateSaturation(progress: Progress): Promise<string> {
  const rows = [['active users', 'users stored every', 'spare', 'processor', 'write units a second', 'MB']];
  for (const { users, flushEvery } of SATURATIONS) {
    progress(`a saturated shard, ${users.toLocaleString('en')} users, stored every ${flushEvery} commits`);
    const measured = await runScript('cloud/measure-saturation.ts', [String(users), String(flushEvery)]);
    rows.push(saturationRow(JSON.parse(measured) as Saturation));
  }
  return formatTable(rows);
}

function saturationRow({ users, flushEvery, streamMs, wallMs, cpuMs, writeUnits, peakBytes }: Saturation): string[] {
  return [
    users.toLocaleString('en'),
    `${flushEvery} commits`,
    `${(streamMs / wallMs).toFixed(2)} x`,
    `${((100 * cpuMs) / streamMs).toFixed(0)} %`,
    ((1000 * writeUnits) / streamMs).toFixed(0),
    (peakBytes / 1e6).toFixed(0),
  ];
}

const LOADED = 'large';

export async function tabulateLoad(progress: Progress): Promise<string> {
  progress(`loading the batch log of ${LOADED}`);
  return withTemporaryFolder(async (folder) => {
    const [batch, result] = [join(folder, 'batch_log.json'), join(folder, 'result.json')];
    await writeLogs(WORKLOADS[LOADED], { batch, stream: join(folder, 'stream_log.json') });
    const script = await compile(join(import.meta.dirname, 'measure-load.ts'), folder);
    const { peakBytes } = await (await ProcessRunner.in(folder)).run({ script, parameters: [batch, result] });
    const { events, readMs, writeMs, writeUnits } = JSON.parse(readFileSync(result, 'utf8')) as LoadMeasured;
    return formatTable([
      ['events', 'events/s up to the write', 'write units/s of the write', 'peak MB'],
      [
        events.toLocaleString('en'),
        Math.round((1000 * events) / readMs).toLocaleString('en'),
        Math.round((1000 * writeUnits) / writeMs).toLocaleString('en'),
        (peakBytes / 1e6).toFixed(0),
      ],
    ]);
  });
}

const FUNCTIONS = ['live-events', 'batch-log', 'stream-log', 'housekeeping'] as const;
const IMPORTS = 9;

export async function tabulateBundles(progress: Progress): Promise<string> {
  progress('importing the bundles');
  const bundles = bundleFunctions(ROOT);
  const rows = [['function', 'KB', 'import ms']];
  for (const name of FUNCTIONS) {
    const bundle = join(bundles, name, 'index.mjs');
    const times: number[] = [];
    for (let run = 0; run < IMPORTS; run++) times.push(Number(await runScript('cloud/measure-import.ts', [bundle])));
    rows.push([name, (statSync(bundle).size / 1000).toFixed(0), median(times).toFixed(0)]);
  }
  return formatTable(rows);
}
