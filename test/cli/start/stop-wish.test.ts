import { expect, test } from 'vitest';
import { StopWish } from '../../../lib/cli/start/stop-wish.ts';
import { FakeHost } from '../fake-host.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

test.each(SIGNALS)('%s is the wish to stop; the next signal of any kind is not ours', async (signal) => {
  const host = new FakeHost();
  const wish = new StopWish(host);
  expect(SIGNALS.map((name) => host.listenerCount(name))).toEqual([1, 1, 1]);
  host.emit(signal);
  await wish.granted();
  expect(SIGNALS.map((name) => host.listenerCount(name))).toEqual([0, 0, 0]);
});

test('another program can make the wish', async () => {
  const wish = new StopWish(new FakeHost());
  const granted = wish.granted();
  wish.make();
  await granted;
  expect(wish.signal.aborted).toBe(true);
});
