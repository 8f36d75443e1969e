import { expect, test } from 'vitest';
import { counted, rate, withThousands } from '../../../lib/cli/terminal/numbers.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_616_129, '1,616,129'],
])('%d is written %s', (count, text) => {
  expect(withThousands(count)).toBe(text);
});

test('one event is one event', () => {
  expect([counted(1, 'event'), counted(0, 'event')]).toEqual(['1 event', '0 events']);
});

test('a run that took no time has a rate all the same', () => {
  expect([rate(501_000, 0.31), rate(5, 0)]).toEqual(['1,616,129 events/s', '5,000 events/s']);
});
