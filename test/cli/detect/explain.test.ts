import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { FakeHost } from '../fake-host.ts';
import { sampleFolder } from './sample-folder.ts';

test('--explain says who, when, how much, and what it was judged against', async () => {
  const { detect, put } = await sampleFolder();
  const batch = `{"D":1, "T":50}
{"event_type":"befriend", "timestamp":"2017-06-13 11:33:01", "id1": "a", "id2": "b"}
${[1, 2, 3, 4, 5, 6, 7].map((cents) => `{"event_type":"purchase", "timestamp":"2017-06-13 11:33:0${cents}", "id": "a", "amount": "10.0${cents}"}`).join('\n')}
`;
  const stream = '\n{"event_type":"purchase", "timestamp":"2017-06-14 00:00:00", "id": "b", "amount": "20.125"}\n';
  const streamLog = await put('s.json', stream);
  const { stdout, output } = await detect({
    batch: await put('b.json', batch),
    stream: streamLog,
    more: ['--explain'],
  });
  expect(stdout).toBe(`▂▅█ what the network paid, │ the limit, ● the purchase

User b bought for 20.125 on 2017-06-14 00:00:00  ${streamLog}:2
  ${' '.repeat(23)}█│${' '.repeat(22)}●
  limit 10.10 (mean 10.04 + 3 × standard deviation 0.02)
  of the 7 latest purchases within 1 degree of friendship:
    2017-06-13 11:33:07  10.07  user a
    2017-06-13 11:33:06  10.06  user a
    2017-06-13 11:33:05  10.05  user a
    2017-06-13 11:33:04  10.04  user a
    2017-06-13 11:33:03  10.03  user a
    … and 2 earlier

1 purchase flagged; the output is in ${output}
`);
});

test('--explain says so where nothing was flagged', async () => {
  const { detect, put } = await sampleFolder();
  const { stdout, output } = await detect({ stream: await put('s.json', ''), more: ['--explain', '--quiet'] });
  expect(stdout).toBe(`No purchase was flagged; the output is in ${output}\n`);
});

test('the explanation has colours on a terminal only', async () => {
  const { detect } = await sampleFolder();
  const piped = await detect({ more: ['--explain'] });
  const shown = await detect({ more: ['--explain'], host: new FakeHost({ isTTY: true }) });
  expect(piped.stdout).not.toContain('\x1b');
  expect(shown.stdout).toContain('\x1b[31m1601.83\x1b[39m');
  expect(stripVTControlCharacters(shown.stdout)).toBe(piped.stdout);
});

test('an id cannot take the terminal over', async () => {
  const { detect, put } = await sampleFolder();
  const stream = String.raw`{"event_type":"befriend", "timestamp":"2017-06-13 11:33:02", "id1": "1", "id2": "\u001b[2Jx"}
{"event_type":"purchase", "timestamp":"2017-06-13 11:33:02", "id": "\u001b[2Jx", "amount": "1601.83"}`;
  const { stdout } = await detect({ stream: await put('s.json', stream), more: ['--explain'] });
  expect(stdout).toContain('User \\u001b[2Jx bought for 1601.83');
});
