import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { FakeHost } from '../fake-host.ts';
import { BATCH_LOG, FLAGGED, STREAM_LOG } from '../sample-logs.ts';
import { sampleFolder } from './sample-folder.ts';

test('lines that are no events are listed with their place and stop nothing', async () => {
  const { detect, put } = await sampleFolder();
  const batch = await put('b.json', `${BATCH_LOG}\n{"event_type":"purchase"}\n`);
  const stream = await put('s.json', `[]\n${STREAM_LOG}`);
  const { code, stderr, output } = await detect({ batch, stream });
  expect(code).toBe(0);
  expect(stderr.split('\n')).toEqual([
    `${batch}:7: timestamp is missing`,
    '    {"event_type":"purchase"}',
    `${stream}:1: not a JSON object (given a list)`,
    '    []',
    expect.stringContaining('6 events, 1 flagged, 2 rejected'),
    '',
  ]);
  expect(await readFile(output, 'utf8')).toBe(FLAGGED);
});

test('only the first twenty are listed, and the rest counted', async () => {
  const { detect, put } = await sampleFolder();
  const { stderr } = await detect({ stream: await put('s.json', '[]\n'.repeat(1_234)) });
  const lines = stderr.trimEnd().split('\n');
  expect(lines.filter((line) => line === '    []')).toHaveLength(20);
  expect(lines.at(-2)).toBe('… and 1,214 more (use --rejected=FILE to keep them all)');
});

test('no control character of a log reaches the terminal, and long lines are cut', async () => {
  const { detect, put } = await sampleFolder();
  const hostile = '{"event_type":"\x1b[2J\x9b\x7f\u202e", "x": "' + 'y'.repeat(1_000) + '\x07"}';
  const host = new FakeHost({ isTTY: true });
  const { stderr } = await detect({ stream: await put('s.json', hostile), host });
  // Our own colours and progress bar aside.
  expect(stripVTControlCharacters(stderr).replace(/[\r\n]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(stderr).not.toContain('\x1b[2J');
  expect(stderr).toContain('{"event_type":"\\u001b[2J\\u009b\\u007f\\u202e');
  for (const line of stderr.split(/[\r\n]/)) expect(line.length).toBeLessThan(300);
});

test('--rejected keeps them all, as JSON lines, and lists none', async () => {
  const { detect, put, folder } = await sampleFolder();
  const rejected = join(folder, 'rejected.json');
  const text = '{"event_type":"pür\\u0007chase"}';
  const stream = await put('s.json', `${STREAM_LOG}\n${`${text}\n`.repeat(30)}`);
  const { stderr } = await detect({ stream, more: [`--rejected=${rejected}`] });
  expect(stderr).toMatch(/^6 events, 1 flagged, 30 rejected in [^\n]*\n$/);
  const lines = (await readFile(rejected, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(30);
  const [first] = lines;
  expect(Object.entries(JSON.parse(first ?? ''))).toEqual([
    ['log', stream],
    ['line', 4],
    ['reason', 'event_type must be one of purchase, befriend, unfriend (given "pür\\u0007chase")'],
    ['text', text],
  ]);
});

test('without a rejected line the file is empty, but there', async () => {
  const { detect, folder } = await sampleFolder();
  await detect({ more: ['--rejected', join(folder, 'rejected.json')] });
  expect(await readFile(join(folder, 'rejected.json'), 'utf8')).toBe('');
});

test('a hundred thousand of them go through', async () => {
  const { detect, put, folder } = await sampleFolder();
  const rejected = join(folder, 'rejected.json');
  await detect({ stream: await put('s.json', '[]\n'.repeat(100_000)), more: [`--rejected=${rejected}`] });
  const lines = (await readFile(rejected, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(100_000);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ line: 100_000 });
});
