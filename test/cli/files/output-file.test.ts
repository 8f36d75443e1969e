import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectOutput } from '../../../lib/cli/files/inspect-output.ts';
import { OutputFile } from '../../../lib/cli/files/output-file.ts';
import { FakeHost } from '../fake-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const HIDDEN = /^\.flagstone-4711-[a-z0-9]+\.tmp$/;

test('nothing is seen of a file before it is finished', async () => {
  const { put, folder } = await temporaryFolder();
  const path = await put('out', 'old');
  const file = await OutputFile.open(await inspectOutput(path), new FakeHost());
  file.write('new '.repeat(100_000));
  await file.flush();
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual([expect.stringMatching(HIDDEN), 'out']);
  file.write('é');
  await file.finish();
  expect(await readFile(path, 'utf8')).toBe(`${'new '.repeat(100_000)}é`);
  expect(await readdir(folder)).toEqual(['out']);
});

test('after discard the old file is there as it was', async () => {
  const { put, folder } = await temporaryFolder();
  const path = await put('out', 'old');
  const file = await OutputFile.open(await inspectOutput(path), new FakeHost());
  file.write('new');
  await file.discard();
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['out']);
});

test('discard after finish changes nothing', async () => {
  const { folder } = await temporaryFolder();
  const path = join(folder, 'out');
  const file = await OutputFile.open(await inspectOutput(path), new FakeHost());
  await file.finish();
  await file.discard();
  expect(await readFile(path, 'utf8')).toBe('');
});

test('a process that exits takes its half written file along', async () => {
  const { folder } = await temporaryFolder();
  const host = new FakeHost();
  const file = await OutputFile.open(await inspectOutput(join(folder, 'out')), host);
  host.emit('exit');
  expect(await readdir(folder)).toEqual([]);
  await file.discard();
});

test('a directory that goes away meanwhile is named', async () => {
  const { folder } = await temporaryFolder();
  const path = join(folder, 'sub', 'out');
  await mkdir(join(folder, 'sub'));
  const file = await OutputFile.open(await inspectOutput(path), new FakeHost());
  await rm(join(folder, 'sub'), { recursive: true });
  await expect(file.finish()).rejects.toThrow(`cannot write ${path}: no such file or directory`);
});
