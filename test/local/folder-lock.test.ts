import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../lib/local/folder-lock.ts';
import { identityOf, isAlive } from '../../lib/local/process-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('one run at a time on a folder', async () => {
  const folder = await temporaryFolder();
  const unlock = await lockFolder(folder);
  const refusal = `a local run is already at work on ${folder} (process ${process.pid}); stop it with: npx flagstone stop --data=${folder}`;
  await expect(lockFolder(folder)).rejects.toThrow(refusal);
  await unlock();
  await (
    await lockFolder(folder)
  )();
});

test('a folder that is not there yet is made', async () => {
  const folder = path.join(await temporaryFolder(), 'a/b');
  await lockFolder(folder);
  expect(readdirSync(folder)).toEqual(['lock.1']);
});

test.each([
  ['a process that was killed', () => JSON.stringify({ pid: spawnSync(process.execPath, ['--version']).pid })],
  ['an earlier process that had this number', () => JSON.stringify({ pid: process.pid, birth: 'another boot/1' })],
  ['a process that was killed while it wrote', () => '{"pid":'],
])('the lock of %s is taken over', async (_, content) => {
  const folder = await temporaryFolder();
  writeFileSync(path.join(folder, 'lock.7'), content());
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(/already at work/);
  await unlock();
});

test('of many that take a lock over, one gets it', async () => {
  const folder = await temporaryFolder();
  writeFileSync(path.join(folder, 'lock.7'), '{"pid":2147483647}');
  for (let round = 0; round < 20; round++) {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const unlocks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(unlocks).toHaveLength(1);
    await unlocks[0]?.();
  }
  expect(readdirSync(folder)).toEqual(['lock.27']);
});

test('a process is told from a later one with its number', () => {
  expect(isAlive(identityOf(process.pid))).toBe(true);
  expect(isAlive({ pid: process.pid, birth: 'another' })).toBe(false);
  expect(isAlive({ pid: process.pid })).toBe(true);
});
