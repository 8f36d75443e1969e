import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEvent } from '../../../lib/core/events/parse-event.ts';
import { seeded } from '../../seeded.ts';
import { isJson } from '../is-json.ts';

const TIME = 1_497_353_581;
const PURCHASE = { type: 'purchase', time: TIME, user: '1', amount: 16_830_000n };
const AMOUNT_LIMITS = 'amount must be a decimal of at least 0 with at most 24 digits before the point and 6 after it';
const TIME_LIMITS = 'timestamp must be a real date and time as YYYY-MM-DD HH:MM:SS';
const DEEP = 200_000;

interface Fields {
  readonly [name: string]: string | undefined;
}

/** A purchase's line, with some of its values written otherwise, or left out. */
function purchase(written: Fields = {}): string {
  return line({ event_type: '"purchase"', timestamp: '"2017-06-13 11:33:01"', id: '"1"', amount: '"16.83"', ...written });
}

function friendship(written: Fields = {}): string {
  return line({ event_type: '"befriend"', timestamp: '"2017-06-13 11:33:01"', id1: '"1"', id2: '"2"', ...written });
}

function line(written: Fields): string {
  const members = Object.entries(written).filter(([, value]) => value !== undefined);
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(', ')}}`;
}

describe('an event', () => {
  test('is a purchase', () => {
    expect(parseEvent(purchase())).toEqual({ ok: true, value: PURCHASE });
  });

  test.each(['befriend', 'unfriend'])('is a change of a friendship: %s', (type) => {
    const event = { type, time: TIME, users: ['1', '2'] };
    expect(parseEvent(friendship({ event_type: JSON.stringify(type) }))).toEqual({ ok: true, value: event });
  });

  test('may end a friendship with oneself, which nobody has', () => {
    const event = { type: 'unfriend', time: TIME, users: ['1', '1'] };
    expect(parseEvent(friendship({ event_type: '"unfriend"', id2: '"1"' }))).toEqual({ ok: true, value: event });
  });
});

describe('the same purchase is read', () => {
  const nested = '[{"id":"9","amount":"9"},"}",{"event_type":"x"}]';
  test.each([
    ['with its fields in another order', '{"amount":"16.83","id":"1","timestamp":"2017-06-13 11:33:01","event_type":"purchase"}'],
    ['with white space', '\t{ \r"event_type"\t: "purchase" ,"timestamp" :"2017-06-13 11:33:01"\r, "id":"1", "amount":  "16.83" }\r \t'],
    ['with line ends within', purchase().replaceAll(',', ',\n')],
    ['with further fields', purchase({ note: 'null', mean: '"1"', of: nested, '': '{}', more: '-1.5e-7' })],
    ['with a long integer as a further field', purchase({ key: '9'.repeat(400) })],
    ['with an integer as id', purchase({ id: '1' })],
    ['with a number as amount', purchase({ amount: '16.83' })],
    ['with a number of more decimals as amount', purchase({ amount: '16.830000' })],
    ['with leading zeros in the amount', purchase({ amount: '"0016.83"' })],
    ['with escapes in a value', purchase({ event_type: '"\\u0070urch\\u0061se"', id: '"\\u0031"', amount: '"16\\u002e83"' })],
    ['with escapes in the keys', purchase().replace('"amount"', '"\\u0061mount"').replace('"id"', '"i\\u0064"')],
    ['with an escaped key before a number', purchase({ amount: '16.83', id: '1' }).replace('"amount"', '"amoun\\u0074"')],
    ['with the field `__proto__`', purchase({ __proto__: undefined }).replace('{', '{"__proto__":{"id":"7","amount":"7"}, ')],
    ['with fields of names that every object has', purchase({ constructor: '1', hasOwnProperty: '"x"', toString: '{}' })],
    ['with a key given again', purchase().replace('{', '{"id":"2", "amount":17, "event_type":"befriend", "timestamp":0, ')],
    ['with a key given again as another type', purchase({ amount: '16.83' }).replace('{', '{"amount":[1,2], "id":{}, ')],
    ['with a key given again in another spelling', purchase({ id: '1' }).replace('{', '{"\\u0069d":2, ')],
    ['with a field of a megabyte', purchase({ note: JSON.stringify('x'.repeat(1_000_000)) })],
    ['with a megabyte of white space', purchase().replace(',', `,${' '.repeat(1_000_000)}`)],
    ['with lists nested deep', purchase({ deep: '['.repeat(DEEP) + ']'.repeat(DEEP), amount: '16.83' })],
    ['with objects nested deep', purchase({ deep: '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP), id: '1' })],
    ['with a byte that ends lines elsewhere', purchase({ note: '"\u2028\u2029\u0085"', id: '1' })],
  ])('%s', (_, text) => {
    expect(parseEvent(text)).toEqual({ ok: true, value: PURCHASE });
  });
});

describe('an id', () => {
  test.each([
    ['"0"', '0'],
    ['" "', ' '],
    ['"\\u0000"', '\0'],
    ['"Zoë"', 'Zoë'],
    ['"Zoe\\u0308"', 'Zoe\u0308'],
    ['"😀"', '😀'],
    ['"\\ud83d\\ude00"', '😀'],
    ['"\\ud800"', '\ud800'],
    ['"\\"\\\\\\/\\n"', '"\\/\n'],
    ['"__proto__"', '__proto__'],
    ['"constructor"', 'constructor'],
    ['"1.5"', '1.5'],
    ['"01"', '01'],
    ['-7', '-7'],
    ['-0', '-0'],
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    [JSON.stringify('x'.repeat(1_000_000)), 'x'.repeat(1_000_000)],
  ].map(titled))('may be %s', (_, written, id) => {
    expect(parseEvent(purchase({ id: written }))).toEqual({ ok: true, value: { ...PURCHASE, user: id } });
    expect(parseEvent(friendship({ id2: written }))).toMatchObject({ ok: true, value: { users: ['1', id] } });
  });
});

describe('an amount', () => {
  test.each([
    ['0', 0n],
    ['"0"', 0n],
    ['"0.00"', 0n],
    ['0.000001', 1n],
    ['"0.000001"', 1n],
    ['0.1', 100_000n],
    ['9007199254740993', 9_007_199_254_740_993_000_000n],
    ['123456789012345678901234.123456', 123_456_789_012_345_678_901_234_123_456n],
    ['"123456789012345678901234.123456"', 123_456_789_012_345_678_901_234_123_456n],
  ])('may be %s', (written, amount) => {
    expect(parseEvent(purchase({ amount: written }))).toEqual({ ok: true, value: { ...PURCHASE, amount } });
  });
});

describe('a line is rejected that', () => {
  test.each(['', ' ', '{', '}', 'purchase', "{'id':1}", '{"a":1,}', '{"a":01}', '{"a":.5}', '{"a":NaN}', '{"a":"\t"}', '{} {}', '\ufeff{}', '{"a":"\\x"}', '// {}', '['.repeat(DEEP), '{"a":'.repeat(DEEP)].map((text) => titled([text])))(
    'is no JSON: %s',
    (_, text) => {
      expect(parseEvent(text)).toEqual({ ok: false, reason: expect.stringMatching(/^not valid JSON: ./) as unknown });
    },
  );

  test.each(
    [
    ['[]', 'not a JSON object (given a list)'],
    ['[{"event_type":"purchase"}]', 'not a JSON object (given a list)'],
    ['null', 'not a JSON object (given null)'],
    ['true', 'not a JSON object (given true)'],
    ['12', 'not a JSON object (given 12)'],
    ['"purchase"', 'not a JSON object (given "purchase")'],
    [`"${'x'.repeat(100)}"`, `not a JSON object (given "${'x'.repeat(59)}…)`],
    ['['.repeat(DEEP) + ']'.repeat(DEEP), 'not a JSON object (given a list)'],
    ['{}', 'event_type is missing'],
    [purchase({ event_type: undefined }), 'event_type is missing'],
    [purchase({ event_type: 'null' }), 'event_type is missing'],
    [purchase({ event_type: '""' }), 'event_type is empty'],
    [purchase({ event_type: '"refund"' }), 'event_type must be one of purchase, befriend, unfriend (given "refund")'],
    [purchase({ event_type: '"Purchase"' }), 'event_type must be one of purchase, befriend, unfriend (given "Purchase")'],
    [purchase({ event_type: '1e3' }), 'event_type must be one of purchase, befriend, unfriend (given 1e3)'],
    [purchase({ event_type: '["purchase"]' }), 'event_type must be one of purchase, befriend, unfriend (given a list)'],
    [purchase({ event_type: '{}' }), 'event_type must be one of purchase, befriend, unfriend (given an object)'],
    [purchase({ event_type: 'false' }), 'event_type must be one of purchase, befriend, unfriend (given false)'],
    [purchase({ timestamp: undefined }), 'timestamp is missing'],
    [purchase({ timestamp: 'null' }), 'timestamp is missing'],
    [purchase({ timestamp: '""' }), 'timestamp is empty'],
    [purchase({ timestamp: '20170613113301' }), `${TIME_LIMITS} (given 20170613113301)`],
    [purchase({ timestamp: '"2017-02-29 00:00:00"' }), `${TIME_LIMITS} (given "2017-02-29 00:00:00")`],
    [purchase({ timestamp: '"1900-02-29 00:00:00"' }), `${TIME_LIMITS} (given "1900-02-29 00:00:00")`],
    [purchase({ timestamp: '"2017-06-13 24:00:00"' }), `${TIME_LIMITS} (given "2017-06-13 24:00:00")`],
    [purchase({ timestamp: '"2017-06-13 23:59:60"' }), `${TIME_LIMITS} (given "2017-06-13 23:59:60")`],
    [purchase({ timestamp: '"2017-06-13 11:33:01 "' }), `${TIME_LIMITS} (given "2017-06-13 11:33:01 ")`],
    [purchase({ timestamp: '["2017-06-13 11:33:01"]' }), `${TIME_LIMITS} (given a list)`],
    [purchase({ id: undefined }), 'id is missing'],
    [purchase({ id: undefined, id1: '"1"' }), 'id is missing'],
    [purchase({ id: 'null' }), 'id is missing'],
    [purchase({ id: '""' }), 'id is empty'],
    [purchase({ id: '1.0' }), 'id must be a non-empty string or an integer (given 1.0)'],
    [purchase({ id: '1e3' }), 'id must be a non-empty string or an integer (given 1e3)'],
    [purchase({ id: 'true' }), 'id must be a non-empty string or an integer (given true)'],
    [purchase({ id: '["1"]' }), 'id must be a non-empty string or an integer (given a list)'],
    [purchase({ id: '{"id":"1"}' }), 'id must be a non-empty string or an integer (given an object)'],
    [purchase({ amount: undefined }), 'amount is missing'],
    [purchase({ amount: 'null' }), 'amount is missing'],
    [purchase({ amount: '""' }), 'amount is empty'],
    [purchase({ amount: '"-5.00"' }), `${AMOUNT_LIMITS} (given "-5.00")`],
    [purchase({ amount: '-5.00' }), `${AMOUNT_LIMITS} (given -5.00)`],
    [purchase({ amount: '-0' }), `${AMOUNT_LIMITS} (given -0)`],
    [purchase({ amount: '"NaN"' }), `${AMOUNT_LIMITS} (given "NaN")`],
    [purchase({ amount: '"1e3"' }), `${AMOUNT_LIMITS} (given "1e3")`],
    [purchase({ amount: '1e3' }), `${AMOUNT_LIMITS} (given 1e3)`],
    [purchase({ amount: '1E400' }), `${AMOUNT_LIMITS} (given 1E400)`],
    [purchase({ amount: '"16,83"' }), `${AMOUNT_LIMITS} (given "16,83")`],
    [purchase({ amount: '"0.0000001"' }), `${AMOUNT_LIMITS} (given "0.0000001")`],
    [purchase({ amount: '0.0000001' }), `${AMOUNT_LIMITS} (given 0.0000001)`],
    [purchase({ amount: '"1000000000000000000000000"' }), `${AMOUNT_LIMITS} (given "1000000000000000000000000")`],
    [purchase({ amount: '1000000000000000000000000' }), `${AMOUNT_LIMITS} (given 1000000000000000000000000)`],
    [purchase({ amount: 'true' }), `${AMOUNT_LIMITS} (given true)`],
    [purchase({ amount: '["1"]' }), `${AMOUNT_LIMITS} (given a list)`],
    [friendship({ id1: undefined }), 'id1 is missing'],
    [friendship({ id2: undefined }), 'id2 is missing'],
    [friendship({ id1: undefined, id2: undefined, id: '"1"' }), 'id1 is missing'],
    [friendship({ id1: '1.5' }), 'id1 must be a non-empty string or an integer (given 1.5)'],
    [friendship({ id2: 'false' }), 'id2 must be a non-empty string or an integer (given false)'],
    [friendship({ id2: '"1"' }), 'a user cannot befriend themselves (id1 and id2 are both "1")'],
    [friendship({ id2: '1' }), 'a user cannot befriend themselves (id1 and id2 are both "1")'],
    [friendship({ timestamp: '"soon"' }), `${TIME_LIMITS} (given "soon")`],
    ['{"__proto__":{"event_type":"purchase"}}', 'event_type is missing'],
    [purchase({ amount: JSON.stringify('9'.repeat(1_000_000)) }), `${AMOUNT_LIMITS} (given "${'9'.repeat(59)}…)`],
  ].map(titled))('%s', (_, text, reason) => {
    expect(parseEvent(text)).toEqual({ ok: false, reason });
  });
});

test('no line reaches a prototype', () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    parseEvent(`{"${key}":{"event_type":"purchase","polluted":true},"${key}":{"prototype":{"polluted":true}}}`);
    parseEvent(purchase({ id: JSON.stringify(key), amount: '1' }));
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(({} as Record<string, unknown>)['event_type']).toBeUndefined();
});

test('every text is an event or has a reason why not, and is called JSON exactly if JSON.parse reads it', () => {
  const words = fc.constantFrom('"event_type"', '"purchase"', ':', ',', '{', '}', '"id"', '1', '"', '\\', ' ', '[', '\0', 'é');
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.array(words).map((parts) => parts.join('')));
  fc.assert(
    fc.property(text, (line) => {
      const parsed = parseEvent(line);
      expect(!parsed.ok && parsed.reason.startsWith('not valid JSON: ')).toBe(!isJson(line));
      expect(parsed.ok || parsed.reason.length < 400).toBe(true);
    }),
    seeded(2000),
  );
});

/** With a beginning that fits into a test's title. */
function titled([text = '', expected = '']: readonly string[]): [title: string, text: string, expected: string] {
  return [text.slice(0, 100), text, expected];
}
