import { expect, onTestFinished, test, vi } from 'vitest';
import { StopWish } from '../../../lib/cli/start/stop-wish.ts';
import { FakeHost } from '../fake-host.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** For how many signals nothing but our wish decides what they mean. */
function heard(host: FakeHost): number {
  return SIGNALS.filter((signal) => host.listenerCount(signal) === 1).length;
}

test.each(SIGNALS)('%s is the wish to stop; a later signal of any kind is not ours', async (signal) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const host = new FakeHost();
  const wish = new StopWish(host);
  expect([heard(host), wish.signal.aborted]).toEqual([3, false]);
  host.emit(signal);
  await wish.granted();
  // The same Ctrl-C, from npm.
  host.emit(signal);
  host.emit(signal);
  expect(heard(host)).toBe(3);
  vi.advanceTimersByTime(500);
  expect(heard(host)).toBe(0);
});

test('another program can make the wish', async () => {
  const wish = new StopWish(new FakeHost());
  const granted = wish.granted();
  wish.make();
  await granted;
  expect(wish.signal.aborted).toBe(true);
});
