import { chmod, lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FakeHost } from '../fake-host.ts';
import { BATCH_LOG, FLAGGED, STREAM_LOG, withoutHeader } from '../sample-logs.ts';
import { sampleFolder } from './sample-folder.ts';

test('writes the flagged purchases and ends with a summary', async () => {
  const { detect, folder } = await sampleFolder();
  const { code, stdout, stderr, output } = await detect();
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '',
    stderr: '6 events, 1 flagged, 0 rejected in 1.00 s (6 events/s)\n',
  });
  expect(await readFile(output, 'utf8')).toBe(FLAGGED);
  expect(await readdir(folder)).toHaveLength(3);
});

test('without a flagged purchase the output is empty, but there', async () => {
  const { detect, put } = await sampleFolder();
  const { code, output } = await detect({ stream: await put('empty.json', '') });
  expect(code).toBe(0);
  expect(await readFile(output, 'utf8')).toBe('');
});

test('--quiet says nothing', async () => {
  const { detect, put } = await sampleFolder();
  const host = new FakeHost({ isTTY: true });
  const { stdout, stderr } = await detect({ stream: await put('bad.json', 'bad\n'), more: ['--quiet'], host });
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
});

test('--degrees and --tracked override the header', async () => {
  const { detect } = await sampleFolder();
  const { output } = await detect({ more: ['--tracked=2'] });
  expect(await readFile(output, 'utf8')).toContain('"mean": "35.24", "sd": "24.04"');
});

test('reads zipped logs, also of several members', async () => {
  const { detect, put } = await sampleFolder();
  const cut = BATCH_LOG.length / 2;
  const members = [gzipSync(BATCH_LOG.slice(0, cut)), gzipSync(BATCH_LOG.slice(cut))];
  const batch = await put('batch.json.gz', Buffer.concat(members));
  const { code, output } = await detect({ batch, stream: await put('stream.json.gz', gzipSync(STREAM_LOG)) });
  expect(code).toBe(0);
  expect(await readFile(output, 'utf8')).toBe(FLAGGED);
});

test('reads either log from standard input', async () => {
  const { detect } = await sampleFolder();
  for (const run of [
    { batch: '-', host: new FakeHost({ stdin: BATCH_LOG }) },
    { stream: '-', host: new FakeHost({ stdin: STREAM_LOG }) },
    { stream: '/dev/stdin', host: new FakeHost({ stdin: STREAM_LOG }) },
  ]) {
    const { output } = await detect(run);
    expect(await readFile(output, 'utf8')).toBe(FLAGGED);
  }
});

test('writes to standard output where the output is -', async () => {
  const { detect } = await sampleFolder();
  expect((await detect({ output: '-' })).stdout).toBe(FLAGGED);
});

test('what is not a file is written to, and not replaced', async () => {
  const { detect } = await sampleFolder();
  expect((await detect({ output: '/dev/null' })).code).toBe(0);
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

test('the file behind a link is replaced, not the link, and keeps its permissions', async () => {
  const { detect, folder, put } = await sampleFolder();
  await chmod(await put('old.json', 'old'), 0o600);
  await symlink('old.json', join(folder, 'link.json'));
  await detect({ output: join(folder, 'link.json') });
  expect((await lstat(join(folder, 'link.json'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, 'old.json'), 'utf8')).toBe(FLAGGED);
  expect((await stat(join(folder, 'old.json'))).mode & 0o777).toBe(0o600);
});

test('a link to a file that is not there yet leads to it', async () => {
  const { detect, folder } = await sampleFolder();
  await symlink('new.json', join(folder, 'link.json'));
  await detect({ output: join(folder, 'link.json') });
  expect(await readFile(join(folder, 'new.json'), 'utf8')).toBe(FLAGGED);
});

test('a broken zip ends with 2 and leaves the old output as it was', async () => {
  const { detect, put, folder } = await sampleFolder();
  const zipped = gzipSync(STREAM_LOG);
  const stream = await put('stream.json.gz', zipped.subarray(0, -9));
  const output = await put('flagged.json', 'old');
  const { code, stderr } = await detect({ stream, output, more: [`--rejected=${join(folder, 'rejected.json')}`] });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `flagstone: cannot read ${stream}: the gzip data is broken (unexpected end of file)\n`,
  });
  expect(await readFile(output, 'utf8')).toBe('old');
  expect((await readdir(folder)).toSorted()).toEqual([
    'batch_log.json',
    'flagged.json',
    'stream.json.gz',
    'stream_log.json',
  ]);
});

test('a batch log without a header will do where D and T are given, and its first line counts', async () => {
  const { detect, put } = await sampleFolder();
  const batch = await put('no-header.json', withoutHeader(BATCH_LOG));
  const { stderr, output } = await detect({ batch, more: ['--degrees=3', '--tracked=3'] });
  expect(stderr).toContain('6 events, 1 flagged, 0 rejected');
  expect(await readFile(output, 'utf8')).toBe(FLAGGED);
});
