import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { fork } from 'node:child_process';
import { simulateSeries } from './series/simulate-series.ts';
import type { ScenarioSize } from './scenario/scenario.ts';
import { simulate } from './simulate.ts';
import { simulateTransactions } from './transactions/simulate-transactions.ts';

/**
 * npm run simulate -- [--of=NAME] --seeds=100000 [--first=1]   runs so many simulations, on all processors
 * npm run simulate -- [--of=NAME] --seed=4711                  runs one and tells what happens in it, step by step
 * npm run simulate -- --shards=16 --networks=1000 [--seeds=1]  runs the network detector at that scale
 */
const SIMULATIONS = {
  network: simulate,
  redrive: (options) => simulate({ ...options, givesUp: true }),
  erasure: (options) => simulate({ ...options, erases: true }),
  'redrive-transactions': (options) => simulateTransactions({ ...options, givesUp: true }),
  transactions: simulateTransactions,
  series: simulateSeries,
} as const satisfies Readonly<Record<string, Simulate>>;

interface Options {
  readonly seed: number;
  readonly isTraced?: boolean;
  readonly size?: ScenarioSize;
}

type Simulate = (options: Options) => Promise<Outcome>;

/** What was counted is something else in each world. */
const COUNTS = ['steps', 'commits', 'flags', 'points'] as const;

type Counts = Readonly<Partial<Record<(typeof COUNTS)[number], number>>>;

interface Outcome extends Counts {
  readonly faults: readonly string[];
  readonly trace: readonly string[];
}

const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'network' },
    seed: { type: 'string' },
    seeds: { type: 'string' },
    first: { type: 'string', default: '1' },
    stride: { type: 'string' },
    shards: { type: 'string' },
    networks: { type: 'string' },
  },
});

const runSimulation = simulationOf(values.of);
const size = sizeOf(values);
const seeds = Number(values.seeds ?? (size === undefined ? 1000 : 1));

const REPORT_EVERY_MS = 1000;

interface Progress {
  readonly done: number;
  readonly counts: Counts;
  readonly failures: readonly number[];
}

if (values.seed !== undefined) await replay(Number(values.seed));
else if (values.stride === undefined) await runAll(Number(values.first));
else await runShare(Number(values.stride));

function simulationOf(name: string): Simulate {
  const simulations: Readonly<Record<string, Simulate>> = SIMULATIONS;
  const found = simulations[name];
  if (found !== undefined) return found;
  throw new Error(`--of must be one of ${Object.keys(SIMULATIONS).join(', ')} (given ${name})`);
}

/** Only the network detector has networks. */
function sizeOf({ of, shards, networks }: typeof values): ScenarioSize | undefined {
  if (shards === undefined && networks === undefined) return undefined;
  const size = { shards: Number(shards), networks: Number(networks) };
  if (of === 'network' && size.shards >= 1 && size.networks >= 1) return size;
  throw new Error(
    `--shards and --networks must both be at least 1, of the network detector (given ${shards}, ${networks})`,
  );
}

async function replay(seed: number): Promise<void> {
  const { trace, faults, steps } = await runSimulation({ seed, isTraced: true, ...(size && { size }) });
  for (const line of trace) console.log(line);
  for (const fault of faults) console.log(`\nWRONG: ${fault}`);
  console.log(`\nseed ${seed}: ${steps} steps, ${faults.length} faults`);
  process.exitCode = Math.min(faults.length, 1);
}

/** Every so many-th seed, from the first one on: a process's share. */
async function runShare(stride: number): Promise<void> {
  let progress: Progress = { done: 0, counts: {}, failures: [] };
  let reported = performance.now();
  const last = Number(values.first) + seeds;
  for (let seed = Number(values.first); seed < last; seed += stride) {
    const { faults, ...counts } = await runSimulation({ seed, ...(size && { size }) });
    progress = {
      done: progress.done + 1,
      counts: sumOf([progress.counts, counts]),
      failures: faults.length > 0 ? [...progress.failures, seed] : progress.failures,
    };
    if (faults.length === 0 && performance.now() - reported < REPORT_EVERY_MS) continue;
    process.send?.(progress);
    reported = performance.now();
  }
  process.send?.(progress);
}

async function runAll(first: number): Promise<void> {
  const stride = availableParallelism();
  const shares = Array.from({ length: stride }, (): Progress | undefined => undefined);
  await Promise.all(
    shares.map(async (_, share) => {
      const options = [
        `--of=${values.of}`,
        `--first=${first + share}`,
        `--seeds=${seeds - share}`,
        `--stride=${stride}`,
        ...sizeOptions(),
      ];
      const worker = fork(import.meta.filename, options);
      worker.on('message', (progress: Progress) => {
        shares[share] = progress;
        if (process.stderr.isTTY) process.stderr.write(`\r${summary(shares)} `);
      });
      await new Promise((resolve) => {
        worker.on('exit', (code) => {
          if (code !== 0) process.exitCode = 1;
          resolve(undefined);
        });
      });
    }),
  );
  process.stderr.write(`\r${summary(shares)}\n`);
  const failures = shares.flatMap((progress) => progress?.failures ?? []).toSorted((one, other) => one - other);
  for (const seed of failures)
    console.log(`seed ${seed} fails: npm run simulate -- --of=${values.of} --seed=${seed} ${sizeOptions().join(' ')}`);
  if (failures.length > 0) process.exitCode = 1;
}

function sizeOptions(): string[] {
  return size === undefined ? [] : [`--shards=${size.shards}`, `--networks=${size.networks}`];
}

function summary(shares: readonly (Progress | undefined)[]): string {
  const running = shares.filter((progress) => progress !== undefined);
  const done = running.reduce((sum, progress) => sum + progress.done, 0);
  const failed = running.flatMap(({ failures }) => failures).length;
  const counts = Object.entries(sumOf(running.map((progress) => progress.counts)));
  return [`${done}/${seeds} seeds`, ...counts.map(([name, sum]) => `${sum} ${name}`), `${failed} failed`].join(', ');
}

function sumOf(all: readonly Counts[]): Counts {
  const counted = COUNTS.filter((name) => all.some((counts) => counts[name] !== undefined));
  return Object.fromEntries(counted.map((name) => [name, all.reduce((sum, counts) => sum + (counts[name] ?? 0), 0)]));
}
