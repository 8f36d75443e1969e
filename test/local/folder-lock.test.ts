import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../lib/local/folder-lock.ts';
import { identityOf, isAlive } from '../../lib/local/process-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('one run at a time on a folder', async () => {
  const folder = await temporaryFolder();
  const unlock = await lockFolder(folder);
  const refusal = `a local run is already at work on ${folder} (process ${process.pid}); stop it with: flagstone stop --data=${folder}`;
  await expect(lockFolder(folder)).rejects.toThrow(refusal);
  await unlock();
  await (
    await lockFolder(folder)
  )();
  expect(existsSync(path.join(folder, 'lock'))).toBe(false);
});

test('a folder that is not there yet is made', async () => {
  const folder = path.join(await temporaryFolder(), 'a/b');
  await lockFolder(folder);
  expect(existsSync(path.join(folder, 'lock'))).toBe(true);
});

test.each([
  ['a process that was killed', () => JSON.stringify({ pid: spawnSync(process.execPath, ['--version']).pid })],
  ['an earlier process that had this number', () => JSON.stringify({ pid: process.pid, birth: 'another boot/1' })],
  ['a process that was killed while it wrote', () => '{"pid":'],
])('the lock of %s is taken over', async (_, content) => {
  const folder = await temporaryFolder();
  writeFileSync(path.join(folder, 'lock'), content());
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(/already at work/);
  await unlock();
});

test('of many that take a lock over, one gets it', async () => {
  const folder = await temporaryFolder();
  writeFileSync(path.join(folder, 'lock'), '{"pid":2147483647}');
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a process is told from a later one with its number', () => {
  expect(isAlive(identityOf(process.pid))).toBe(true);
  expect(isAlive({ pid: process.pid, birth: 'another' })).toBe(false);
  expect(isAlive({ pid: process.pid })).toBe(true);
});
