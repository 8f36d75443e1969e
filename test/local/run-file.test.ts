import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRunFile, runFilePath, type RunFile } from '../../lib/local/run-file.ts';
import { SAMPLE_RESOURCES } from './sample-resources.ts';

const RUN: RunFile = {
  pid: process.pid,
  endpoints: { s3: 'http://127.0.0.1:1', kinesis: 'http://127.0.0.1:2', dynamodb: 'http://127.0.0.1:3' },
  resources: SAMPLE_RESOURCES,
};

async function folderWith(content?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flagstone-run-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  if (content !== undefined) writeFileSync(runFilePath(folder), content);
  return folder;
}

test('tells of a run that goes on', async () => {
  expect(await readRunFile(await folderWith(JSON.stringify(RUN)))).toEqual(RUN);
});

test('a run that was killed is none, though its file is there', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  expect(await readRunFile(await folderWith(JSON.stringify({ ...RUN, pid })))).toBeUndefined();
});

test.each([['{"pid":'], ['null'], ['{}'], ['{"pid":1}']])('%j tells of no run', async (content) => {
  expect(await readRunFile(await folderWith(content))).toBeUndefined();
});

test('a folder that is empty, missing or a file tells of no run', async () => {
  const folder = await folderWith('');
  expect(await readRunFile(await folderWith())).toBeUndefined();
  expect(await readRunFile(join(folder, 'missing'))).toBeUndefined();
  expect(await readRunFile(runFilePath(folder))).toBeUndefined();
});
