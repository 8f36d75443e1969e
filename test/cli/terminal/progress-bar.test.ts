import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { ProgressBar } from '../../../lib/cli/terminal/progress-bar.ts';
import { FakeScreen } from '../fake-host.ts';

function barOn({ columns = 80, total }: { columns?: number; total?: number }) {
  const screen = new FakeScreen({ columns });
  const time = { seconds: 0 };
  const bar = new ProgressBar({ screen, total, clock: () => time.seconds });
  return { screen, time, bar };
}

test('shows percent, events and events a second', () => {
  const { screen, time, bar } = barOn({ total: 200 });
  time.seconds = 2;
  bar.show({ bytes: 50, events: 3_000 });
  expect(screen.text).toBe(`\r${'━'.repeat(10)}${'─'.repeat(30)}  25 %   3,000 events   1,500 events/s\x1b[K`);
});

test('draws at most ten times a second', () => {
  const { screen, time, bar } = barOn({ total: 200 });
  for (; time.seconds < 1; time.seconds += 0.001) bar.show({ bytes: 1, events: 1 });
  expect(screen.text.split('\r')).toHaveLength(1 + 9);
});

test.each([10, 20, 30, 40, 50, 60, 70, 80, 200])('stays within %d columns', (columns) => {
  const { screen, time, bar } = barOn({ columns, total: 200 });
  time.seconds = 1;
  bar.show({ bytes: 100, events: 1_000_000 });
  expect(stripVTControlCharacters(screen.text).replace('\r', '').length).toBeLessThan(columns);
});

test('only counts where the size is unknown', () => {
  const { screen, time, bar } = barOn({});
  time.seconds = 1;
  bar.show({ bytes: 100, events: 1 });
  expect(screen.text).toBe('\r1 event   1 events/s\x1b[K');
});

test('takes a terminal that tells of no columns for a usual one', () => {
  const { screen, time, bar } = barOn({ columns: 0, total: 200 });
  time.seconds = 1;
  bar.show({ bytes: 50, events: 1 });
  expect(screen.text).toContain('25 %');
});

test('is wiped once, and only if it was drawn', () => {
  const { screen, time, bar } = barOn({ total: 200 });
  bar.wipe();
  expect(screen.text).toBe('');
  time.seconds = 1;
  bar.show({ bytes: 100, events: 1 });
  bar.wipe();
  bar.wipe();
  expect(screen.text.split('\x1b[K').slice(1)).toEqual(['\r', '']);
});
