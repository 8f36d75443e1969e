import { expect } from 'vitest';
import { FakeHost } from '../fake-host.ts';
import { STREAM_LOG } from '../sample-logs.ts';
import { test } from './detect-test.ts';

test('on a terminal the progress is shown, and wiped before the summary', async ({ detect }) => {
  const { stderr } = await detect({ host: new FakeHost({ isTTY: true }) });
  expect(stderr).toContain('100 %   6 events');
  expect(stderr).toMatch(/\r\x1b\[K6 events, 1 flagged[^\r\x1b]*\n$/);
});

test('standard input is only counted', async ({ detect }) => {
  const { stderr } = await detect({ stream: '-', host: new FakeHost({ isTTY: true, stdin: STREAM_LOG }) });
  expect(stderr).toContain('\r6 events');
  expect(stderr).not.toContain('%');
});

test('nothing of it appears in a pipe', async ({ detect }) => {
  expect((await detect()).stderr).not.toMatch(/[\r\x1b%]/);
});
