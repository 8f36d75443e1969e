import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../../lib/cli/command-line.ts';
import { lookAt } from '../../../lib/cli/init/look-at-stack.ts';
import { readRunFile } from '../../../lib/local/run-file.ts';
import { standIns } from '../connect/stand-ins.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';
import { SAMPLE_RESOURCES } from '../../local/sample-resources.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function init(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const host = new FakeHost();
  const code = await runCommandLine(['init', ...args], host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

const NAMES = Object.keys(SAMPLE_RESOURCES);

test('creates what the stack describes, leaves nothing running, and again changes nothing', async () => {
  const { folder } = await temporaryFolder();
  const data = join(folder, 'data');
  const first = await init(`--data=${data}`);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(
    /^The data folder .* is ready; nothing runs on it yet\.\n {2}input bucket {4}flagstone-/,
  );
  expect(await readRunFile(data)).toBeUndefined();
  expect(await readdir(data)).not.toContain('lock');

  const { ino } = await stat(join(data, 'deployed.json'));
  const { code, stdout } = await init(`--data=${data}`, '--json');
  expect(code).toBe(0);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { resource: string; name: string });
  expect(rows.map(({ resource }) => resource)).toEqual(NAMES);
  expect((await stat(join(data, 'deployed.json'))).ino).toBe(ino);
});

test('leaves a run that is at work alone, and tells of it', async () => {
  const { data } = await standIns();
  const { code, stdout } = await init(`--data=${data}`);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^A local run is at work on .*\n {2}input bucket {4}input /);
});

test('looks at a deployed stack, and names its networks', async () => {
  const system = new MemorySystem();
  expect(await lookAt(system)).toEqual({
    verdict: 'A system in memory is deployed, and within reach.',
    resources: system.resources,
    notes: ['Networks: none yet.'],
  });
  await system.commit('shop');
  await system.commit('default');
  expect(await lookAt(system)).toMatchObject({ notes: ['Networks: default, shop.'] });
});

test('fails if a bucket of the stack cannot be read', async () => {
  const system = new MemorySystem();
  system.buckets.journalBucket.find = () => Promise.reject(new Error('denied'));
  await expect(lookAt(system)).rejects.toThrow('denied');
});
