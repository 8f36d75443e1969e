import { expect, test } from 'vitest';
import { nearestName } from '../../lib/cli/nearest-name.ts';

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
