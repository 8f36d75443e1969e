import { describe, expect, test } from 'vitest';
import { readMessage } from '../../../lib/core/series-cloud/message.ts';
import { readPointTime } from '../../../lib/core/series-cloud/point-time.ts';

describe('a message is read', () => {
  test('as a point, with its number if it has one', () => {
    expect(readMessage('{"timestamp":1,"value":1.5}')).toEqual({
      kind: 'point',
      point: { timestamp: 1, time: 1000, value: 1.5 },
    });
    expect(readMessage('{"sequence":0,"timestamp":1,"value":-1}')).toMatchObject({ kind: 'point', sequence: 0 });
  });

  test('as a sign of life', () => {
    expect(readMessage('{"ping":true}')).toEqual({ kind: 'ping' });
  });

  test.each([
    ['{', /^a message must be a JSON object .*\(given "\{"\)$/],
    ['[1]', /must be a JSON object .*given a list/],
    ['null', /given null/],
    ['{}', /^timestamp is missing$/],
    ['{"timestamp":1}', /^value is missing$/],
    ['{"timestamp":1,"value":"1"}', /^value must be a finite number \(given "1"\)$/],
    ['{"timestamp":1,"value":null}', /value must be a finite number \(given null\)/],
    ['{"timestamp":1,"value":1e999}', /value must be a finite number \(given Infinity\)/],
    ['{"timestamp":true,"value":1}', /^timestamp must be a number, or text/],
    ['{"timestamp":1,"value":1,"sequence":1.5}', /^sequence must be an integer of at least 0 \(given 1.5\)$/],
    ['{"timestamp":1,"value":1,"sequence":"1"}', /sequence must be an integer/],
  ])('as bad: %s', (text, reason) => {
    const message = readMessage(text);
    expect(message.kind === 'bad' && message.reason).toMatch(reason);
  });

  test('as bad with what of it can be read, so that it is answered in its turn', () => {
    expect(readMessage('{"sequence":4,"timestamp":"x","value":1}')).toMatchObject({ kind: 'bad', sequence: 4 });
    expect(readMessage('{"sequence":4,"timestamp":9}')).toMatchObject({ kind: 'bad', sequence: 4, timestamp: 9 });
  });
});

describe('a timestamp', () => {
  test.each([
    [5, 5000],
    [1_700_000_000.5, 1_700_000_000_500],
    [1_700_000_000_000, 1_700_000_000_000],
    ['1700000000', 1_700_000_000_000],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    ['2026-11-21 10:05', Date.UTC(2026, 10, 21, 10, 5)],
    ['2026-11-21T10:05:06', Date.UTC(2026, 10, 21, 10, 5, 6)],
    ['2026-11-21 10:05:06.25', Date.UTC(2026, 10, 21, 10, 5, 6, 250)],
    ['2026-11-21T10:05:06Z', Date.UTC(2026, 10, 21, 10, 5, 6)],
    ['2026-11-21T10:05:06+02:00', Date.UTC(2026, 10, 21, 8, 5, 6)],
  ])('%s stands for %s', (given, time) => {
    expect(readPointTime(given)).toEqual({ ok: true, value: { timestamp: given, time } });
  });

  test.each([
    NaN,
    Infinity,
    '',
    'yesterday',
    '2026-02-30',
    '2026-13-01',
    '2026-11-21 25:00',
    '9'.repeat(65),
    null,
    [1],
  ])('cannot be %s', (given) => {
    expect(readPointTime(given).ok).toBe(false);
  });
});

describe('a list of points', () => {
  const points = (...given: unknown[]): string => JSON.stringify({ points: given });
  const first = { sequence: 4, timestamp: 1, value: 1 };

  test('is read point by point, and may say that it is alone', () => {
    const message = readMessage(JSON.stringify({ points: [first, { ...first, sequence: 5 }], alone: true }));
    expect(message).toEqual({
      kind: 'list',
      isAlone: true,
      items: [4, 5].map((sequence) => ({ kind: 'point', sequence, point: { timestamp: 1, time: 1000, value: 1 } })),
    });
    expect(readMessage(JSON.stringify({ ...first, alone: true }))).toMatchObject({ kind: 'point', isAlone: true });
  });

  test('holds bad points in their places, each with the number that its place gives it', () => {
    const { sequence: _, ...unnumbered } = first;
    const message = readMessage(points(first, { sequence: 5, timestamp: 2 }, 7, first, { ...first, sequence: 8 }));
    expect(message).toMatchObject({
      items: [
        { kind: 'point', sequence: 4 },
        { kind: 'bad', sequence: 5, reason: 'value is missing' },
        {
          kind: 'bad',
          sequence: 6,
          reason: expect.stringMatching(/^sequence must be 6, .* \(given none that can/) as string,
        },
        { kind: 'bad', sequence: 7, reason: expect.stringMatching(/^sequence must be 7, .* \(given 4\)$/) as string },
        { kind: 'point', sequence: 8 },
      ],
    });
    expect(readMessage(points(unnumbered, first))).toMatchObject({
      items: [
        { kind: 'point' },
        { kind: 'bad', reason: 'sequence must be missing, as the first of the points has none (given 4)' },
      ],
    });
  });

  test.each([
    [[], /^points must be a list of 1 to 100 points \(given 0\)$/],
    [Array.from({ length: 101 }), /\(given 101\)$/],
    ['all', /\(given "all"\)$/],
  ])('is refused as a whole if it is none: %#', (given, reason) => {
    expect(readMessage(JSON.stringify({ points: given }))).toEqual({
      kind: 'bad',
      reason: expect.stringMatching(reason) as string,
    });
  });
});
