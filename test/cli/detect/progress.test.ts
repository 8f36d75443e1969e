import { expect, test } from 'vitest';
import { FakeHost } from '../fake-host.ts';
import { STREAM_LOG } from '../sample-logs.ts';
import { sampleFolder } from './sample-folder.ts';

test('on a terminal the progress is shown, and wiped before the summary', async () => {
  const { detect } = await sampleFolder();
  const { stderr } = await detect({ host: new FakeHost({ isTTY: true }) });
  expect(stderr).toContain('100 %   6 events');
  expect(stderr.split('\r\x1b[K').at(-1)).toMatch(/^6 events, 1 flagged.*\n$/);
});

test('standard input is only counted', async () => {
  const { detect } = await sampleFolder();
  const { stderr } = await detect({ stream: '-', host: new FakeHost({ isTTY: true, stdin: STREAM_LOG }) });
  expect(stderr).toContain('\r6 events');
  expect(stderr).not.toContain('%');
});

test('nothing of it appears in a pipe', async () => {
  const { detect } = await sampleFolder();
  expect((await detect()).stderr).not.toMatch(/[\r%]/);
});
