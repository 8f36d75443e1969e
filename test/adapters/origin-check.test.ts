import { expect, test } from 'vitest';
import { originCheck } from '../../lib/adapters/origin-check.ts';

test('where there is no secret, nobody is asked', () => {
  for (const environment of [{}, { ORIGIN_SECRETS: '' }, { ORIGIN_SECRETS: ' ' }]) {
    expect(originCheck(environment)({})).toBe(true);
    expect(originCheck(environment)(undefined)).toBe(true);
  }
});

test.each([
  ['the secret', { 'x-flagstone-origin': 'new' }, true],
  ['the one before', { 'x-flagstone-origin': 'old' }, true],
  ['it under a name in other letters', { 'X-Flagstone-Origin': 'new' }, true],
  ['a part of it', { 'x-flagstone-origin': 'ne' }, false],
  ['more than it', { 'x-flagstone-origin': 'new old' }, false],
  ['something else', { 'x-flagstone-origin': 'other' }, false],
  ['nothing', { 'x-flagstone-origin': '' }, false],
  ['no header', {}, false],
  ['no headers', null, false],
])('whoever sends %s is let in or not: %j, %s', (_, headers, isLetIn) => {
  expect(originCheck({ ORIGIN_SECRETS: 'new old' })(headers)).toBe(isLetIn);
});
