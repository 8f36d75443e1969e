import { describe, expect, test } from 'vitest';
import { tickText } from '../../lib/dashboard/charts/tick-text.ts';
import { showAmount, showDuration, showNumberOf, showTimes, showUser } from '../../lib/dashboard/parts/format.ts';
import { linkToTransaction } from '../../lib/dashboard/parts/links.ts';

describe('what is shown', () => {
  test.each([
    ['1601.83', '1,601.83'],
    ['1234567.123456', '1,234,567.123456'],
    ['9007199254740993.1', '9,007,199,254,740,993.10'],
    ['5', '5.00'],
    [1234.5, '1,234.50'],
  ])('of the amount %s is %s: no digit is lost', (amount, expected) => {
    expect(showAmount(amount)).toBe(expected);
  });

  test.each([
    [840, '840 ms'],
    [1240, '1.2 s'],
    [600_000, '10 min'],
    [7_200_000, '2 h'],
  ])('of %i ms is %s', (milliseconds, expected) => {
    expect(showDuration(milliseconds)).toBe(expected);
  });

  test('of a deleted user, who has no id any more, is that', () => {
    expect(['17', ''].map(showUser)).toEqual(['17', 'a deleted user']);
  });

  test('of one is not of many', () => {
    expect([showNumberOf(1, 'alert'), showNumberOf(1200, 'alert')]).toEqual(['1 alert', '1,200 alerts']);
  });

  test('of how many times as much has the digits that say something', () => {
    expect([showTimes(3.14), showTimes(1234.6)]).toEqual(['3.1 times', '1,235 times']);
  });
});

describe('a tick of the time axis', () => {
  const at = Date.UTC(2026, 10, 21, 15, 4, 9) / 1000;

  test.each([
    [1, '15:04:09'],
    [300, '15:04'],
    [86_400, '21 Nov'],
    [2_592_000, 'Nov 2026'],
  ])('every %i seconds is told as %s', (step, expected) => {
    expect(tickText(at, { step, clock: 'utc' })).toBe(expected);
  });

  test('at midnight tells the day', () => {
    expect(tickText(Date.UTC(2026, 10, 22) / 1000, { step: 3600, clock: 'utc' })).toBe('22 Nov');
  });
});

test('a link to a transaction survives what ids may hold', () => {
  const link = linkToTransaction({ user_id: 'a/b?c', transaction_id: 't&1', timestamp: '2026-11-21 10:00:00' });
  const { pathname, searchParams } = new URL(link, 'http://host');
  expect(decodeURIComponent(pathname)).toBe('/users/a/b?c');
  expect(pathname).toBe('/users/a%2Fb%3Fc');
  expect(Object.fromEntries(searchParams)).toEqual({ transaction: 't&1', at: '2026-11-21 10:00:00' });
});
