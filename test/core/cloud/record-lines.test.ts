import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { parseEvent } from '../../../lib/core/events/parse-event.ts';
import { seeded } from '../../seeded.ts';

const PURCHASE = '{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "16.83"}';
const BEFRIEND = '{"event_type":"befriend", "timestamp":"2017-06-13 11:33:01", "id1": "1", "id2": "2"}';
const ENVELOPE = '{"network":"shop","source":"s-1a2b","offset":120}';

const encoder = new TextEncoder();

function read(...lines: readonly string[]): ReturnType<typeof readRecord> {
  return readRecord(encoder.encode(lines.join('\n')));
}

function withField(line: string, field: string): string {
  return `${line.slice(0, -1)}, ${field}}`;
}

function purchaseOf(id: string): string {
  return PURCHASE.replace('"1"', JSON.stringify(id));
}

describe('the lines of a record', () => {
  test('are its events, in order', () => {
    expect(read(PURCHASE, BEFRIEND)).toEqual({
      lines: [
        { network: 'default', lineNumber: 1, parsed: parseEvent(PURCHASE), text: PURCHASE },
        { network: 'default', lineNumber: 2, parsed: parseEvent(BEFRIEND), text: BEFRIEND },
      ],
    });
  });

  test('may end in CRLF, start with a byte order mark, lack the last newline, and be blank', () => {
    const lines = read(`\ufeff${PURCHASE}\r`, '\r', ' \t', BEFRIEND, '', '');
    expect(lines).toEqual({
      lines: [
        { network: 'default', lineNumber: 1, parsed: parseEvent(PURCHASE), text: PURCHASE },
        { network: 'default', lineNumber: 4, parsed: parseEvent(BEFRIEND), text: BEFRIEND },
      ],
    });
    expect(read(PURCHASE, '')).toEqual(read(PURCHASE));
  });

  test('are none where there are no bytes, or blank ones', () => {
    expect(read('')).toEqual({ lines: [] });
    expect(read('\n\n  \r')).toEqual({ lines: [] });
  });

  test('are rejected one by one', () => {
    const { lines } = read('nonsense', PURCHASE, '{"event_type":"sale"}', '7');
    expect(lines.map(({ parsed }) => parsed.ok || parsed.reason)).toEqual([
      expect.stringMatching(/^not valid JSON/),
      true,
      'event_type must be one of purchase, befriend, unfriend (given "sale")',
      'not a JSON object (given 7)',
    ]);
    expect(lines.map(({ text }) => text)).toEqual(['nonsense', PURCHASE, '{"event_type":"sale"}', '7']);
  });

  test('are left out where they are meant for another detector, well made or not', () => {
    const { lines } = read('{"event_type":"transaction"}', PURCHASE, '{"event_type":"transaction", "network": 7}');
    expect(lines.map(({ lineNumber }) => lineNumber)).toEqual([2]);
    expect(read(ENVELOPE, '{"event_type":"transaction"}', PURCHASE).lines).toMatchObject([{ offset: 121 }]);
  });

  test('that are not UTF-8 are rejected alone, and shown as far as they can be', () => {
    const bytes = Buffer.concat([
      Buffer.from(`\ufeff${PURCHASE}\r\n{"id": "`),
      Buffer.of(0xff),
      Buffer.from(`"}\r\n\n${BEFRIEND}`),
    ]);
    expect(readRecord(bytes).lines).toEqual([
      { network: 'default', lineNumber: 1, parsed: parseEvent(PURCHASE), text: PURCHASE },
      { network: 'default', lineNumber: 2, parsed: { ok: false, reason: 'not valid UTF-8' }, text: '{"id": "\ufffd"}' },
      { network: 'default', lineNumber: 4, parsed: parseEvent(BEFRIEND), text: BEFRIEND },
    ]);
  });

  test('are read whatever the bytes', () => {
    const pieces = fc.constantFrom(
      PURCHASE,
      ENVELOPE,
      '\n',
      '\r\n',
      '\ufeff',
      '{',
      '"source"',
      '\ud800',
      ' ',
      '[1]',
      'null',
    );
    const madeOfPieces = fc.array(pieces).map((parts) => encoder.encode(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), madeOfPieces), (bytes) => {
        const { lines } = readRecord(bytes);
        const numbers = lines.map(({ lineNumber }) => lineNumber);
        expect(numbers).toEqual(Array.from(new Set(numbers)).toSorted((a, b) => a - b));
        expect(lines.every(({ text }) => !text.includes('\n'))).toBe(true);
      }),
      seeded(1_000),
    );
  });
});

describe('the network of a line', () => {
  test.each([
    ['its own, if it names one', withField(PURCHASE, '"network": "sports"'), 'sports'],
    ['that of the envelope, if it names none', PURCHASE, 'shop'],
    ['that of the envelope, if it names it too', withField(PURCHASE, '"network": "shop"'), 'shop'],
    ['that of the envelope, if it names null', withField(PURCHASE, '"network": null'), 'shop'],
    ['that of the envelope, if it cannot be read', 'nonsense', 'shop'],
  ])('is %s', (_, line, network) => {
    expect(read(ENVELOPE, line).lines).toMatchObject([{ network, parsed: parseEvent(line) }]);
  });

  test.each([
    ['"a/b"', 'network must be 1 to 64 letters, digits, ".", "_" or "-" (given "a/b")'],
    ['""', 'network must be 1 to 64 letters, digits, ".", "_" or "-" (given "")'],
    ['7', 'network must be 1 to 64 letters, digits, ".", "_" or "-" (given 7)'],
    ['{}', 'network must be 1 to 64 letters, digits, ".", "_" or "-" (given an object)'],
  ])('is the default for a line that names %s, which is rejected', (name, reason) => {
    expect(read(ENVELOPE, withField(PURCHASE, `"network": ${name}`)).lines).toMatchObject([
      { network: 'default', parsed: { ok: false, reason } },
    ]);
  });
});

describe('the envelope', () => {
  test('numbers the lines behind it, blank ones too', () => {
    const { envelope, lines } = read('', ENVELOPE, PURCHASE, '', 'nonsense', BEFRIEND);
    expect(envelope).toEqual({ network: 'shop', source: 's-1a2b', offset: 120 });
    expect(lines.map(({ lineNumber, offset }) => [lineNumber, offset])).toEqual([
      [3, 120],
      [5, 122],
      [6, 123],
    ]);
  });

  test('need not name a network', () => {
    const { envelope, lines } = read('{"source":"s","offset":0}', PURCHASE);
    expect(envelope).toEqual({ source: 's', offset: 0 });
    expect(lines).toMatchObject([{ network: 'default', offset: 0 }]);
  });

  test.each([
    ['no source', '{"offset":0}'],
    ['an empty source', '{"source":"","offset":0}'],
    ['a source that is too long', `{"source":"${'s'.repeat(129)}","offset":0}`],
    ['a source that is no text', '{"source":7,"offset":0}'],
    ['a source that no object can have as a key', '{"source":"__proto__","offset":0}'],
    ['no offset', '{"source":"s"}'],
    ['an offset that is text', '{"source":"s","offset":"0"}'],
    ['a negative offset', '{"source":"s","offset":-1}'],
    ['an offset that is no integer', '{"source":"s","offset":1.5}'],
    ['an offset beyond all logs', '{"source":"s","offset":9007199254740992}'],
    ['a bad network', '{"source":"s","offset":0,"network":"a b"}'],
    ['an event type', '{"source":"s","offset":0,"event_type":"x"}'],
  ])('is an ordinary line if it has %s, and rejected', (_, line) => {
    const { envelope, lines } = read(line, PURCHASE);
    expect(envelope).toBeUndefined();
    expect(lines).toMatchObject([
      { network: 'default', parsed: { ok: false }, text: line },
      { network: 'default', parsed: { ok: true } },
    ]);
  });

  test('comes first only', () => {
    const { envelope, lines } = read(PURCHASE, ENVELOPE);
    expect(envelope).toBeUndefined();
    expect(lines).toMatchObject([{ parsed: { ok: true } }, { parsed: { ok: false } }]);
  });

  test('may hold a source of 128 characters', () => {
    const source = 'ü'.repeat(128);
    expect(read(JSON.stringify({ source, offset: 2 ** 40 })).envelope).toEqual({ source, offset: 2 ** 40 });
  });
});

describe('an id in a record', () => {
  test.each([
    ['1,024 bytes', 'x'.repeat(1_024)],
    ['1,024 bytes of other letters', 'ü'.repeat(512)],
    ['128 halves of pairs', '\ud800'.repeat(128)],
  ])('may have %s', (_, id) => {
    expect(read(purchaseOf(id)).lines).toMatchObject([{ parsed: { ok: true, value: { user: id } } }]);
  });

  test.each([
    ['1,025 bytes', 'x'.repeat(1_025)],
    ['1,026 bytes of other letters', 'ü'.repeat(513)],
    ['129 halves of pairs', '\ud800'.repeat(129)],
  ])('is rejected with %s', (_, id) => {
    expect(read(ENVELOPE, purchaseOf(id)).lines).toMatchObject([
      { network: 'shop', parsed: { ok: false, reason: expect.stringMatching(/^an id must be at most 1024 bytes/) } },
    ]);
  });

  test('is looked at in friendships too', () => {
    const long = BEFRIEND.replace('"2"', JSON.stringify('y'.repeat(2_000)));
    expect(read(long).lines).toMatchObject([{ parsed: { ok: false } }]);
  });
});
