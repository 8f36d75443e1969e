import { expect, test } from 'vitest';
import { nearestName, suggestion } from '../../../lib/core/text/nearest-name.ts';

test.each([
  ['detcet', 'detect'],
  ['detec', 'detect'],
  ['stat', 'status'],
  ['strat', 'start'],
])('%s was probably meant to be %s', (given, name) => {
  expect(nearestName(given, ['detect', 'start', 'status'])).toBe(name);
});

test.each(['', 'x', 'produce'])('%j is near to nothing', (given) => {
  expect(nearestName(given, ['detect', 'start', 'status'])).toBeUndefined();
});

test('a suggestion is a question, or nothing', () => {
  expect(suggestion('batch', ['batch-log'], '--')).toBe(' (did you mean --batch-log?)');
  expect(suggestion('produce', ['batch-log'])).toBe('');
});
