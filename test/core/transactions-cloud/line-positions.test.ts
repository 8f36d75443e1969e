import { describe, expect, test } from 'vitest';
import { advanceBy, isApplied, shortened, takeForCommit } from '../../../lib/core/transactions-cloud/line-positions.ts';
import { newUser } from '../../../lib/core/transactions-cloud/user-head.ts';
import { ANN, HOUR_MS, lineOf, NOON } from './sample-transactions.ts';

const head = { ...newUser(ANN), shards: { s1: { sequenceNumber: '99', line: 2, at: NOON } } };

test.each([
  { shard: 's1', sequenceNumber: '98', line: 9, expected: true },
  { shard: 's1', sequenceNumber: '99', line: 2, expected: true },
  { shard: 's1', sequenceNumber: '99', line: 3, expected: false },
  { shard: 's1', sequenceNumber: '100', line: 1, expected: false },
  { shard: 's2', sequenceNumber: '98', line: 1, expected: false },
])('$shard $sequenceNumber/$line is applied: $expected', ({ expected, ...place }) => {
  expect(isApplied(head, lineOf('a', place))).toBe(expected);
});

test('lines that came, or whose log was dropped, before their user was deleted are applied already', () => {
  const deleted = { ...newUser(ANN), deletedAt: NOON };
  const isOld = (place: Parameters<typeof lineOf>[1]): boolean => isApplied(deleted, lineOf('a', place));
  expect([isOld({ at: NOON - 1 }), isOld({ at: NOON })]).toEqual([true, false]);
  expect(isApplied(deleted, { ...lineOf('a', { at: NOON + 9 }), dropped: NOON - 1 })).toBe(true);
});

test('positions go on with the lines, and those of silent shards are dropped', () => {
  const lines = [
    lineOf('a', { sequenceNumber: '100', line: 1 }),
    lineOf('b', { sequenceNumber: '100', line: 4, at: NOON + 30 * HOUR_MS }),
  ];
  const reached = { sequenceNumber: '100', line: 4, at: NOON + 30 * HOUR_MS };
  expect(advanceBy(head, lines, 24 * HOUR_MS)).toEqual({ s1: reached });
  const other = [lineOf('c', { shard: 's2', at: NOON + 49 * HOUR_MS })];
  expect(Object.keys(advanceBy(head, other, 24 * HOUR_MS))).toEqual(['s2']);
  expect(Object.keys(advanceBy(head, other, 25 * HOUR_MS))).toEqual(['s1', 's2']);
});

test('positions do not go back for lines that are put back', () => {
  const lines = [lineOf('a', { sequenceNumber: '98', line: 1 }), lineOf('b', { sequenceNumber: '99', line: 1 })];
  expect(advanceBy(head, lines, HOUR_MS)).toEqual(head.shards);
});

describe('a commit takes', () => {
  const many = Array.from({ length: 250 }, (_, index) => lineOf(`t${index}`));

  test('a hundred lines, or as many as it is told', () => {
    expect(takeForCommit(many)).toEqual(many.slice(0, 100));
    expect(takeForCommit(many, 7)).toHaveLength(7);
    expect(takeForCommit(many.slice(0, 3))).toHaveLength(3);
    expect(takeForCommit([])).toEqual([]);
  });

  test('fewer of long ones, and at least one', () => {
    const long = many.map((line) => ({ ...line, text: 'x'.repeat(7_000) }));
    expect(takeForCommit(long)).toHaveLength(7);
    expect(takeForCommit(long.map((line) => ({ ...line, text: 'x'.repeat(1e6) })))).toHaveLength(6);
  });
});

test('a hostile line is cut', () => {
  expect(shortened('short')).toBe('short');
  expect(shortened('x'.repeat(9_000))).toBe(`${'x'.repeat(8_000)}…`);
});
