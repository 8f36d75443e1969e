import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { BATCH_LOG, FLAGGED, withoutHeader } from '../sample-logs.ts';
import { sampleFolder } from './sample-folder.ts';

const EVENTS = withoutHeader(BATCH_LOG);
const BAD_HEADERS: [string, string][] = [
  ['{"T":"3"}', '{LOG}:1: the degrees of the network, D, must be an integer from 1 to 1000000 (missing)'],
  ['{"D":"0", "T":"3"}', '{LOG}:1: the degrees of the network, D, must be an integer from 1 to 1000000 (given "0")'],
  ['{"D":"3", "T":"1"}', '{LOG}:1: the tracked purchases, T, must be an integer from 2 to 1000000 (given "1")'],
  ['\n\r\n{"D":"3"}', '{LOG}:3: the tracked purchases, T, must be an integer from 2 to 1000000 (missing)'],
  ['\x1b]', '{LOG}:1: not valid JSON: '],
];

describe('a batch log without D and T', () => {
  for (const [header, message] of BAD_HEADERS) {
    test(`that begins with ${JSON.stringify(header)} ends with 2 and touches nothing`, async () => {
      const { detect, put, folder } = await sampleFolder();
      const batch = await put('bad.json', `${header}\n${EVENTS}`);
      const output = await put('flagged.json', 'old');
      const { code, stdout, stderr } = await detect({ batch, output, more: [`--rejected=${folder}/rejected.json`] });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^flagstone: [^\p{Cc}]+\n$/u);
      expect(stderr).toContain(message.replace('{LOG}', batch));
      expect(await readFile(output, 'utf8')).toBe('old');
      expect(await readdir(folder)).not.toContain('rejected.json');
    });

    test(`that begins with ${JSON.stringify(header)} will do where both are given`, async () => {
      const { detect, put } = await sampleFolder();
      const batch = await put('bad.json', `${header}\n${EVENTS}`);
      const { code, output } = await detect({ batch, more: ['--degrees', '3', '--tracked', '3'] });
      expect(code).toBe(0);
      expect(await readFile(output, 'utf8')).toBe(FLAGGED);
    });
  }

  test.for(['--degrees=3', '--tracked=3'])('will not do where only %s is given', async (option) => {
    const { detect, put } = await sampleFolder();
    const { code } = await detect({ batch: await put('no-header.json', EVENTS), more: [option] });
    expect(code).toBe(2);
  });
});

describe('where both D and T are given', () => {
  const more = ['--degrees=3', '--tracked=3'];

  test('a first line that is meant as a header is skipped', async () => {
    const { detect, put } = await sampleFolder();
    const { stderr } = await detect({ batch: await put('b.json', `{"D":"x"}\n${EVENTS}`), more });
    expect(stderr).toContain('6 events, 1 flagged, 0 rejected');
  });

  test('a first line that is an event counts', async () => {
    const { detect, put } = await sampleFolder();
    const { stderr } = await detect({ batch: await put('b.json', EVENTS), more });
    expect(stderr).toContain('6 events, 1 flagged, 0 rejected');
  });

  test('any other first line is rejected under its own number', async () => {
    const { detect, put } = await sampleFolder();
    const batch = await put('b.json', `\n\n{"event_type":"x","D":"3"}\n${EVENTS}nonsense\n`);
    const { stderr } = await detect({ batch, more });
    expect(stderr).toContain(`${batch}:3: event_type must be one of`);
    expect(stderr).toContain(`${batch}:8: not valid JSON`);
    expect(stderr).toContain('6 events, 1 flagged, 2 rejected');
  });

  test('the batch log may be empty', async () => {
    const { detect, put } = await sampleFolder();
    const { code, stderr } = await detect({ batch: await put('b.json', ''), more });
    expect(code).toBe(0);
    expect(stderr).toContain('2 events, 0 flagged, 0 rejected');
  });
});

for (const blank of ['', '\n', ' \r\n\n']) {
  test(`a batch log of ${JSON.stringify(blank)} is empty`, async () => {
    const { detect, put } = await sampleFolder();
    const batch = await put('b.json', blank);
    const { code, stderr } = await detect({ batch });
    expect(code).toBe(2);
    expect(stderr).toMatch(`flagstone: ${batch} is empty: the first line must hold D and T`);
  });
}

test('D and T are taken from the header, behind a BOM and blank lines too', async () => {
  const { detect, put } = await sampleFolder();
  const { output } = await detect({ batch: await put('b.json', `\ufeff\n  {"T":3,"D":3}\r\n${EVENTS}`) });
  expect(await readFile(output, 'utf8')).toBe(FLAGGED);
});
