import { describe, expect, test } from 'vitest';
import { parseDegrees, parseLogHeader, parseTracked } from '../../../lib/core/events/log-header.ts';

describe('the first line of a batch log', () => {
  test.each([
    ['{"D":"3", "T":"50"}', 3, 50],
    ['{"T":50,"D":3}', 3, 50],
    [' { "D" : 1 , "T" : "2" , "note": [1] }\r', 1, 2],
    ['{"D":"03","T":"050"}', 3, 50],
    ['{"D":1000000,"T":"1000000"}', 1_000_000, 1_000_000],
    ['{"D":9,"D":"3","\\u0054":50}', 3, 50],
  ])('%s tells D and T', (line, degrees, tracked) => {
    expect(parseLogHeader(line)).toEqual({ ok: true, value: { degrees, tracked } });
  });

  const D = 'the degrees of the network, D, must be an integer from 1 to 1000000';
  const T = 'the tracked purchases, T, must be an integer from 2 to 1000000';
  test.each([
    ['[3, 50]', 'not a JSON object (given a list)'],
    ['{}', `${D} (missing)`],
    ['{"T":"50"}', `${D} (missing)`],
    ['{"D":"3"}', `${T} (missing)`],
    ['{"d":"3","t":"50"}', `${D} (missing)`],
    ['{"D":"0","T":"50"}', `${D} (given "0")`],
    ['{"D":0,"T":"50"}', `${D} (given 0)`],
    ['{"D":-1,"T":"50"}', `${D} (given -1)`],
    ['{"D":"-1","T":"50"}', `${D} (given "-1")`],
    ['{"D":1.5,"T":"50"}', `${D} (given 1.5)`],
    ['{"D":1.0,"T":"50"}', `${D} (given 1.0)`],
    ['{"D":1e3,"T":"50"}', `${D} (given 1e3)`],
    ['{"D":"","T":"50"}', `${D} (given "")`],
    ['{"D":"three","T":"50"}', `${D} (given "three")`],
    ['{"D":null,"T":"50"}', `${D} (given null)`],
    ['{"D":true,"T":"50"}', `${D} (given true)`],
    ['{"D":["3"],"T":"50"}', `${D} (given a list)`],
    ['{"D":1000001,"T":"50"}', `${D} (given 1000001)`],
    [`{"D":"${'9'.repeat(400)}","T":"50"}`, `${D} (given "${'9'.repeat(59)}…)`],
    ['{"D":"3","T":"1"}', `${T} (given "1")`],
    ['{"D":"3","T":1}', `${T} (given 1)`],
    ['{"D":"3","T":" 50"}', `${T} (given " 50")`],
    ['{"D":"3","T":{}}', `${T} (given an object)`],
  ])('%s is refused: %s', (line, reason) => {
    expect(parseLogHeader(line)).toEqual({ ok: false, reason });
  });

  test.each(['', '{"D":"3", "T":"50"', 'D=3', '{"D":03}'])('%j is refused as no JSON', (line) => {
    expect(parseLogHeader(line)).toEqual({ ok: false, reason: expect.stringMatching(/^not valid JSON: /) as unknown });
  });
});

test('options are read by the same rule, under their own names', () => {
  expect(parseDegrees('2', '--degrees')).toEqual({ ok: true, value: 2 });
  expect(parseTracked(50, '--tracked')).toEqual({ ok: true, value: 50 });
  expect(parseTracked(1, '--tracked')).toEqual({
    ok: false,
    reason: 'the tracked purchases, --tracked, must be an integer from 2 to 1000000 (given 1)',
  });
  expect(parseDegrees(1.5, '--degrees')).toMatchObject({ ok: false });
  expect(parseDegrees(NaN, '--degrees')).toMatchObject({ ok: false });
  expect(parseDegrees(undefined, '--degrees')).toEqual({
    ok: false,
    reason: 'the degrees of the network, --degrees, must be an integer from 1 to 1000000 (missing)',
  });
});
