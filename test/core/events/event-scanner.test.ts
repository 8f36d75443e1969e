import { describe, expect, test } from 'vitest';
import { EventScanner } from '../../../lib/core/events/event-scanner.ts';
import { hashId, numberOf } from '../../../lib/core/events/id-hash.ts';
import { LINE_SLACK } from '../../../lib/core/events/line-buffer.ts';
import { parseEvent } from '../../../lib/core/events/parse-event.ts';
import { parseTimestamp } from '../../../lib/core/events/timestamp.ts';

const QUOTED = '{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "16.83", "note": "x"}';
const UNQUOTED = '{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": 1, "amount": 16.83, "note": 1}';
const FRIENDSHIP = '{"event_type":"befriend", "timestamp":"2017-06-13 11:33:01", "id1": "1", "id2": "2"}';
const FRIENDSHIP_OF_NUMBERS = FRIENDSHIP.replace('"1"', '1').replace('"2"', '2');

describe('a scanner that has learned a line', () => {
  test.each([
    [QUOTED, '"16.83"', ['"0"', '"7"', '"0.1"', '"16.830000"', '"123456789.123456"', '"007"', '"00.10"']],
    [QUOTED, '"1"', ['"2"', '"a b"', '"~!@{}[]:,"', `"${'1'.repeat(900)}"`]],
    [QUOTED, '"x"', ['""', '"{}"', `"${' '.repeat(900)}"`]],
    [QUOTED, '2017-06-13 11:33:01', ['2017-06-13 11:33:02', '0000-01-01 00:00:00', '2024-02-29 23:59:59']],
    [UNQUOTED, '16.83', ['0', '7', '0.10', '123456789.123456']],
    [UNQUOTED, '"id": 1', ['"id": 0', '"id": 12345678901234567890']],
    [UNQUOTED, '"note": 1', ['"note": 0', '"note": -0', '"note": -17', '"note": 0.50', `"note": ${'9'.repeat(400)}.5`]],
    [FRIENDSHIP, '"2"', ['"3"', '"11"']],
    [FRIENDSHIP_OF_NUMBERS, '2}', ['3}', '10}']],
  ])('reads its like as the full parser does: %s with another %s', (learned, value, others) => {
    for (const line of [learned, ...others.map((other) => learned.replace(value, other))]) {
      expect(parseEvent(line).ok).toBe(true);
      expect(scanAfter(learned, line)).toEqual(parseEvent(line));
    }
  });

  test.each([
    [QUOTED, '"16.83"', ['""', '"."', '".5"', '"5."', '"-1"', '"1e3"', '"1.2.3"', '"0.1234567"', '"1234567890"', '"1 "', '"+1"', '1']],
    [QUOTED, '"1"', ['""', '"é"', '"\\u0031"', '"\\""', '"\x7f"', '"\t"', '"\0"', '"1', '1', 'null']],
    [QUOTED, '"x"', ['"\\n"', '"é"', '"\t"', '1', 'null', '"x', '"x" ', '"x","y":1']],
    [QUOTED, '2017-06-13 11:33:01', ['', '2017-02-29 11:33:01', '2017-06-13 24:00:00', '2017-06-13T11:33:01', '\0'.repeat(19)]],
    [QUOTED, '2017-06-13 11:33:01', ['2017-06-13 11:33:0', '2017-06-13 11:33:011', '2017-06-13 11:33:0"', '201a-06-13 11:33:01']],
    [QUOTED, 'purchase', ['purchasf', 'unfriend', 'purchas', 'purchases']],
    [UNQUOTED, '16.83', ['', '.', '.5', '5.', '-1', '1e3', '01', '00.5', '1.5e3', '0.1234567', '"16.83"', '1234567890']],
    [UNQUOTED, '"id": 1', ['"id": ', '"id": 01', '"id": -1', '"id": 1.0', '"id": 1e3', '"id": "1"']],
    [UNQUOTED, '"note": 1', ['"note": ', '"note": -', '"note": 01', '"note": -01', '"note": 1.', '"note": 1.x', '"note": 1e3', '"note": +1']],
    [FRIENDSHIP, '"2"', ['"1"']],
    [FRIENDSHIP_OF_NUMBERS, '2}', ['1}', '}', '02}']],
    [QUOTED, '}', ['', '} ', '}\r', '}}', '},', '}\0']],
  ])('leaves to the full parser what it cannot be sure of: %s with another %s', (learned, value, others) => {
    for (const other of others) expect(scanAfter(learned, learned.replace(value, other))).toBeUndefined();
  });

  test('finds each line of many shapes, and where the next one starts', () => {
    const lines = [QUOTED, UNQUOTED, FRIENDSHIP, FRIENDSHIP_OF_NUMBERS];
    const scanner = new EventScanner();
    for (const line of lines) learn(scanner, line);
    const { bytes, starts } = bytesOf([...lines, ...lines.toReversed(), UNQUOTED, UNQUOTED]);
    scanner.use(bytes);
    const ends = starts.slice(0, -1).map((start) => scanner.scan(start));
    expect(ends).toEqual(starts.slice(1));
  });

  test('remembers eight shapes, and the later ones rather than the rare', () => {
    const scanner = new EventScanner();
    const shapes = Array.from({ length: 12 }, (_, index) => QUOTED.replace('note', `note ${index}`));
    for (const shape of shapes) learn(scanner, shape);
    const { bytes, starts } = bytesOf(shapes);
    scanner.use(bytes);
    const known = starts.slice(0, -1).map((start) => scanner.scan(start) >= 0);
    expect(known).toEqual([...Array<boolean>(7).fill(true), ...Array<boolean>(4).fill(false), true]);
  });
});

describe('a scanner learns nothing from a line', () => {
  test.each([
    ['of another alphabet', QUOTED.replace('"x"', '"é"')],
    ['over a kilobyte', QUOTED.replace('"x"', JSON.stringify('x'.repeat(1000)))],
    ['with escapes in a key', QUOTED.replace('note', 'no\\u0074e')],
    ['with a key given twice', QUOTED.replace('note', 'id')],
    ['with escapes in a value it needs', QUOTED.replace('"1"', '"\\u0031"')],
  ])('%s', (_, line) => {
    expect(scanAfter(line, line)).toBeUndefined();
  });

  test('but its form, where other values stay as they are', () => {
    const line = QUOTED.replace('"x"', '[true, {"id": "\\n"}, null]');
    expect(scanAfter(line, line.replace('"1"', '"2"'))).toEqual(parseEvent(line.replace('"1"', '"2"')));
    expect(scanAfter(line, line.replace('true', 'false'))).toBeUndefined();
  });
});

/** What a scanner makes of a line after it has learned from another one; undefined if it leaves it to the full parser. */
function scanAfter(learned: string, line: string): ReturnType<typeof parseEvent> | undefined {
  const scanner = new EventScanner();
  learn(scanner, learned);
  const { bytes, starts } = bytesOf([line]);
  scanner.use(bytes);
  const end = scanner.scan(0);
  if (end < 0) return undefined;
  expect(end).toBe(starts[1]);
  const { type, time, first, second, amount } = scanner;
  const [one, other] = [first, second].map(({ start, end }) => Buffer.from(bytes.subarray(start, end)).toString());
  const users = type === 'purchase' ? [first] : [first, second];
  for (const { start, end, number, hash } of users) {
    const id = Buffer.from(bytes.subarray(start, end)).toString();
    expect({ number, hash }).toEqual({ number: numberOf(id), hash: number < 0 ? hashId(id) : hash });
  }
  const event = type === 'purchase' ? { type, time, user: one, amount: BigInt(amount) } : { type, time, users: [one, other] };
  return { ok: true, value: event } as ReturnType<typeof parseEvent>;
}

function learn(scanner: EventScanner, line: string): void {
  const parsed = parseEvent(line);
  if (parsed.ok) scanner.learn(line, parsed.value.type);
}

/** The lines, each with its newline, and the slack that a scanner needs behind them. */
function bytesOf(lines: readonly string[]): { bytes: Uint8Array; starts: number[] } {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + Buffer.byteLength(line) + 1);
  const text = lines.map((line) => `${line}\n`).join('') + '"'.repeat(LINE_SLACK);
  return { bytes: Buffer.from(text), starts };
}

test('a timestamp that shares a part with the one before is read whole', () => {
  const times = ['2017-06-13 11:33:01', '2017-07-13 11:33:01', '2017-07-13 11:33:59', '2017-07-13 11:34:59', '2018-07-14 11:34:59'];
  const { bytes, starts } = bytesOf(times.map((time) => QUOTED.replace(times[0] ?? '', time)));
  const scanner = new EventScanner();
  learn(scanner, QUOTED);
  scanner.use(bytes);
  const read = starts.slice(0, -1).map((start) => (scanner.scan(start) < 0 ? undefined : scanner.time));
  expect(read).toEqual(times.map(parseTimestamp));
});

test.each(['2017-06-13 11:33:60', '2017-06-13 11:33:0x', '2017-06-13 11:33:x0', '2017-06-13 11:33.02'])(
  'within a minute, %s is left to the full parser',
  (time) => {
    const { bytes, starts } = bytesOf([QUOTED, QUOTED.replace('2017-06-13 11:33:01', time)]);
    const scanner = new EventScanner();
    learn(scanner, QUOTED);
    scanner.use(bytes);
    expect(starts.slice(0, -1).map((start) => scanner.scan(start))).toEqual([starts[1], -1]);
  },
);
