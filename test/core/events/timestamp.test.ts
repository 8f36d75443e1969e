import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from '../../../lib/core/events/timestamp.ts';
import { seeded } from '../../seeded.ts';

const FIRST = Date.parse('0000-01-01T00:00:00Z') / 1000;
const LAST = Date.parse('9999-12-31T23:59:59Z') / 1000;

describe('a timestamp', () => {
  test.each([
    ['1970-01-01 00:00:00', 0],
    ['2017-06-13 11:33:01', 1_497_353_581],
    ['1969-12-31 23:59:59', -1],
    ['2000-02-29 00:00:00', 951_782_400],
    ['2024-02-29 12:00:00', 1_709_208_000],
    ['0000-02-29 00:00:00', -62_162_121_600],
    ['9999-12-31 23:59:59', LAST],
  ])('%s is read', (text, seconds) => {
    expect(parseTimestamp(text)).toBe(seconds);
  });

  test.each([
    '',
    '2017-06-13',
    '2017-06-13T11:33:01',
    '2017-06-13 11:33:01Z',
    '2017-06-13 11:33:01.5',
    ' 2017-06-13 11:33:01',
    '2017-06-13 11:33:01\n',
    '2017-6-13 11:33:01',
    '17-06-13 11:33:01',
    '12017-06-13 11:33:01',
    '-017-06-13 11:33:01',
    '2017/06/13 11:33:01',
    '2017-06-13 11.33.01',
    '2017-06-13  1:33:01',
    '２017-06-13 11:33:01',
    '1900-02-29 00:00:00',
    '2100-02-29 00:00:00',
    '2023-02-29 00:00:00',
    '2024-02-30 00:00:00',
    '2017-04-31 00:00:00',
    '2017-12-32 00:00:00',
    '2017-13-01 00:00:00',
    '2017-00-01 00:00:00',
    '2017-01-00 00:00:00',
    '2017-06-13 24:00:00',
    '2017-06-13 11:60:00',
    '2016-12-31 23:59:60',
    '\0'.repeat(19),
  ])('%j is refused', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  test('is the instant that the platform makes of it, and is written as it was read', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
        expect(parseTimestamp(text)).toBe(seconds);
        expect(formatTimestamp(seconds)).toBe(text);
      }),
      seeded(1000),
    );
  });

  test('is refused exactly if the platform knows no such date and time', () => {
    const years = fc.oneof(fc.nat(9999), fc.constantFrom(0, 1600, 1900, 1999, 2000, 2023, 2024, 2100, 9999));
    const year = years.map((number) => String(number).padStart(4, '0'));
    const date = fc.tuple(year, upTo(13), upTo(32)).map((parts) => parts.join('-'));
    const time = fc.tuple(upTo(24), upTo(60), upTo(60)).map((parts) => parts.join(':'));
    fc.assert(
      fc.property(date, time, (day, timeOfDay) => {
        const text = `${day} ${timeOfDay}`;
        expect(parseTimestamp(text)).toBe(instantOf(text));
      }),
      seeded(1000),
    );
  });
});

function upTo(limit: number): fc.Arbitrary<string> {
  const number = fc.oneof({ arbitrary: fc.nat(limit), weight: 9 }, fc.nat(99));
  return number.map((value) => String(value).padStart(2, '0'));
}

/** JavaScript's own dates roll over (February 30 is March 1): a date is real if it comes back as the same text. */
function instantOf(text: string): number | undefined {
  const iso = `${text.replace(' ', 'T')}.000Z`;
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso ? date.getTime() / 1000 : undefined;
}
