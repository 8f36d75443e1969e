import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, vi } from 'vitest';
import { readRunFile, type RunFile } from '../../lib/local/run-file.ts';
import { buildCommandLine } from '../cli/built-command-line.ts';
import { blocksOf, ROOT } from './readme-text.ts';

/** The logs of the README: a batch log, which begins with D and T, a stream log and what is flagged of it. */
export const [BATCH_LOG = '', STREAM_LOG = '', FLAGGED = ''] = blocksOf('json').slice(
  blocksOf('json').findIndex((block) => block.startsWith('{"D"')),
);

/** The files that the README takes for granted, small. */
const FILES: Readonly<Record<string, () => string | Uint8Array>> = {
  'batch_log.json': () => BATCH_LOG,
  'stream_log.json': () => STREAM_LOG,
  'past_transactions.csv.gz': () => gzipSync(asCsv(sampleOf('transactions.json', 200))),
  'events/prices.csv': () => sampleOf('prices.csv', 400).join('\n'),
};

function sampleOf(file: string, lines: number): string[] {
  return readFileSync(path.join(ROOT, 'events', file), 'utf8')
    .split('\n')
    .slice(0, lines);
}

const COLUMNS = ['transaction_id', 'timestamp', 'user_id', 'amount', 'location', 'merchant_category', 'payment_method'];

function asCsv(lines: readonly string[]): string {
  const rows = lines.map((line) => JSON.parse(line) as Record<string, string>);
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))].join('\n');
}

export interface SharedRun {
  /** Where a user would be: in a checkout, with files of their own. */
  readonly folder: string;
  readonly file: RunFile;
  /** What the start has said. */
  readonly said: () => string;
  /** Runs a line of a shell there, in which `npx flagstone` works. */
  readonly shell: (line: string) => ChildProcess;
}

const PATIENCE = { timeout: 60_000, interval: 100 };

/** One local run for all tests of a file, and a folder to be in. */
export async function startSharedRun(): Promise<SharedRun> {
  const { program, remove } = buildCommandLine();
  const folder = mkdtempSync(path.join(tmpdir(), 'flagstone-readme-'));
  cpSync(path.join(ROOT, 'events'), path.join(folder, 'events'), { recursive: true });
  for (const [name, content] of Object.entries(FILES)) writeFileSync(path.join(folder, name), content());
  const args = [program, 'start', '--demo', '--port=0'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'pipe' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  afterAll(async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    remove();
    rmSync(folder, { recursive: true });
  }, PATIENCE.timeout);
  const file = await vi.waitFor(async () => {
    const found = await readRunFile(path.join(folder, '.flagstone'));
    if (found === undefined || !said.includes('Ctrl-C')) throw new Error(`it has not started: ${said}`);
    return found;
  }, PATIENCE);
  const shell = (line: string): ChildProcess =>
    spawn('sh', ['-c', line.replaceAll('npx flagstone', `"${process.execPath}" "${program}"`)], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  return { folder, file, said: () => said, shell };
}

interface Ended {
  /** An exit code, or the signal that has ended it. */
  readonly outcome: unknown;
  readonly said: string;
}

/** How a program ends; one that goes on for ever is interrupted, as by Ctrl-C, once it has begun. */
export async function outcomeOf(child: ChildProcess, isEndless: boolean): Promise<Ended> {
  if (isEndless) {
    const interrupt = (): void => void process.kill(-(child.pid ?? 0), 'SIGINT');
    const timer = setTimeout(interrupt, 5_000);
    child.stdout?.once('data', interrupt);
    child.once('exit', () => clearTimeout(timer));
  }
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  return { outcome: code ?? signal, said: `${stdout}${stderr}` };
}
