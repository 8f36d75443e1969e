import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { BATCH_LOG, FLAGGED, STREAM_LOG } from './sample-logs.ts';
import { temporaryFolder } from './temporary-folder.ts';

const PROGRAM = ['--import', 'tsx', 'bin/flagstone.ts'];

interface Paths {
  readonly folder: string;
  readonly batch: string;
  readonly stream: string;
  readonly output?: string;
}

function detect({ folder, batch, stream, output = 'flagged.json' }: Paths, ...more: string[]) {
  const inFolder = (name: string): string => (name === '-' ? name : join(folder, name));
  const logs = [`--batch-log=${inFolder(batch)}`, `--stream-log=${inFolder(stream)}`];
  const args = [...PROGRAM, 'detect', ...logs, `--output=${inFolder(output)}`, ...more];
  return spawn(process.execPath, args, { cwd: join(import.meta.dirname, '../..'), stdio: 'pipe' });
}

function makePipes(folder: string, ...names: string[]): void {
  execFileSync('env', ['mkfifo', ...names], { cwd: folder });
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'close');
  return code;
}

test('reads a log from a pipe and exits with 0', async () => {
  const { folder, put } = await temporaryFolder();
  await put('b.json', BATCH_LOG);
  const child = detect({ folder, batch: 'b.json', stream: '-' });
  child.stdin.end(STREAM_LOG);
  const stderr = text(child.stderr);
  expect(await exitOf(child)).toBe(0);
  expect(await stderr).toMatch(/^6 events, 1 flagged, 0 rejected in \d+\.\d\d s \([\d,]+ events\/s\)\n$/);
  expect(await readFile(join(folder, 'flagged.json'), 'utf8')).toBe(FLAGGED);
});

test('a bad header ends it though its input goes on', async () => {
  const { folder, put } = await temporaryFolder();
  await put('s.json', STREAM_LOG);
  const child = detect({ folder, batch: '-', stream: 's.json' });
  child.stdin.on('error', () => undefined).write('{}\n');
  expect(await exitOf(child)).toBe(2);
});

test('whoever reads the explanation may go away', async () => {
  const { folder, put } = await temporaryFolder();
  await put('b.json', BATCH_LOG);
  await put('s.json', STREAM_LOG.repeat(2_000));
  const child = detect({ folder, batch: 'b.json', stream: 's.json' }, '--explain');
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await exitOf(child)).toBe(0);
  expect(await readFile(join(folder, 'flagged.json'), 'utf8')).toContain(FLAGGED);
});

test('named pipes are read one after the other, and written', async () => {
  const { folder } = await temporaryFolder();
  makePipes(folder, 'b', 's', 'out');
  const child = detect({ folder, batch: 'b', stream: 's', output: 'out' });
  const output = readFile(join(folder, 'out'), 'utf8');
  await writeFile(join(folder, 'b'), BATCH_LOG);
  await writeFile(join(folder, 's'), STREAM_LOG);
  expect(await output).toBe(FLAGGED);
  expect(await exitOf(child)).toBe(0);
});

describe('a signal leaves the old output and nothing half written', () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    test(`${signal} while it reads exits with ${code}`, async () => {
      const { folder, put } = await temporaryFolder();
      await put('b.json', BATCH_LOG);
      await put('flagged.json', 'old');
      const child = detect({ folder, batch: 'b.json', stream: '-' });
      const exit = exitOf(child);
      child.stdin.write(STREAM_LOG);
      await expect.poll(() => readdir(folder), { timeout: 30_000 }).toHaveLength(3);
      child.kill(signal);
      expect(await exit).toBe(code);
      expect(await readdir(folder)).toEqual(['b.json', 'flagged.json']);
      expect(await readFile(join(folder, 'flagged.json'), 'utf8')).toBe('old');
    });
  }

  test('SIGTERM ends it also while it waits for a named pipe', async () => {
    const { folder, put } = await temporaryFolder();
    makePipes(folder, 's');
    await put('b.json', BATCH_LOG);
    const child = detect({ folder, batch: 'b.json', stream: 's' });
    const exit = exitOf(child);
    await expect.poll(() => readdir(folder), { timeout: 30_000 }).toHaveLength(3);
    child.kill('SIGTERM');
    expect(await exit).toBe(143);
    expect(await readdir(folder)).toEqual(['b.json', 's']);
  });
});
