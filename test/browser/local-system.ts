import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { TestProject } from 'vitest/node';
import { localClients } from '../../lib/local/clients.ts';
import { readRunFile, type RunFile } from '../../lib/local/run-file.ts';
import { findChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Such as `http://127.0.0.1:3000`. */
    readonly address: string;
    readonly data: string;
  }
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const PROGRAM = path.join(ROOT, 'dist/flagstone.js');
const EVENTS = path.join(ROOT, 'events');
/** With a spike and a crash. */
const POINTS = 1200;
const PATIENCE_MS = 120_000;

/** Starts the system as a user does, and gives it what it is to show: a network, transactions and a series. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  findChromium();
  const data = await mkdtemp(path.join(tmpdir(), 'flagstone-browser-'));
  const child = spawn(process.execPath, [PROGRAM, 'start', `--data=${data}`, '--port=0'], { stdio: 'pipe' });
  const said = text(child.stdout);
  const complained = text(child.stderr);
  try {
    const file = await until('the local run', () => runFileOf(data, child));
    const address = file.endpoints.http ?? '';
    await feed(data, file, address);
    project.provide('address', address);
    project.provide('data', data);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${await said}\n${await complained}`, { cause: error });
  }
  return async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(data, { recursive: true, force: true });
  };
}

async function runFileOf(data: string, child: ChildProcess): Promise<RunFile | undefined> {
  if (child.exitCode !== null) throw new Error('the local run has ended');
  return readRunFile(data);
}

async function feed(data: string, file: RunFile, address: string): Promise<void> {
  const { s3, ...others } = localClients(file.endpoints);
  for (const name of ['batch_log', 'stream_log']) {
    const Body = await readFile(path.join(EVENTS, `${name}.json`));
    await s3.send(new PutObjectCommand({ Bucket: file.resources.inputBucket, Key: `shop/${name}.json`, Body }));
  }
  for (const client of [s3, ...Object.values(others)]) client.destroy();
  const prices = (await readFile(path.join(EVENTS, 'prices.csv'), 'utf8')).split('\n').slice(0, POINTS + 1);
  await writeFile(path.join(data, 'prices.csv'), prices.join('\n'));
  await flagstone(data, 'send', path.join(EVENTS, 'transactions.json'), '--quiet');
  await flagstone(data, 'stream', path.join(data, 'prices.csv'), ...SERIES, `--logs=${path.join(data, 'stream-logs')}`);
  await until('what is to be shown', async () => {
    const stats = await ask<{ events: number; flagged: number; transactions: number }>(address, 'stats');
    return stats.events >= 1000 && stats.transactions >= 1000 && stats.flagged > 10 ? stats : undefined;
  });
  await flagstone(data, 'train');
}

const SERIES = ['--client-id=prices', '--window=100', '--value-column=Close', '--quiet'] as const;

/** Runs a command on the run, as a user would. */
export async function flagstone(data: string, command: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, command, ...args, `--data=${data}`], { stdio: 'pipe' });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(`flagstone ${command} ended with ${String(code)}: ${stderr}`);
  return stdout;
}

export async function ask<Answer>(address: string, route: string): Promise<Answer> {
  const response = await fetch(`${address}/api/${route}`);
  return (await response.json()) as Answer;
}

/** Waits until something is there. */
async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const value = await look();
    if (value !== undefined) return value;
    await sleep(200);
  }
  throw new Error(`${what} is not there after ${PATIENCE_MS / 1000} s`);
}
