import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../../lib/core/events/line-shape.ts';
import { parseEvent } from '../../../lib/core/events/parse-event.ts';
import { parseTimestamp } from '../../../lib/core/events/timestamp.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import type { NetworkEngine } from '../../../lib/core/network/network-engine.ts';
import { seeded } from '../../seeded.ts';

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

  test('reads lines of many shapes, one after the other', () => {
    const lines = [QUOTED, UNQUOTED, FRIENDSHIP, FRIENDSHIP_OF_NUMBERS];
    const engine = engineThatLearned(lines);
    const starts = put(engine, [...lines, ...lines.toReversed(), UNQUOTED, UNQUOTED]);
    expect(reads(engine, 0, starts.at(-1))).toBe(true);
    expect(engine.wasm.readCount()).toBe(10);
  });

  test('remembers eight shapes, and the later ones rather than the rare', () => {
    const shapes = Array.from({ length: 12 }, (_, index) => QUOTED.replace('note', `note ${index}`));
    const engine = engineThatLearned(shapes);
    const starts = put(engine, shapes);
    const known = shapes.map((_, index) => reads(engine, starts[index], starts[index + 1]));
    expect(known).toEqual([...Array<boolean>(7).fill(true), ...Array<boolean>(4).fill(false), true]);
  });

  test('remembers a shape of as many gaps as there can be', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => index.toString(36));
    let line = QUOTED;
    for (const key of keys) {
      const longer = line.replace('}', `,"${key}":1}`);
      if (longer.length <= 1024) line = longer;
    }
    expect(scanAfter(line, line.replace('16.83', '17.83'))).toEqual(parseEvent(line.replace('16.83', '17.83')));
  });

  test('learns a shape once', () => {
    const shapes = Array.from({ length: 7 }, (_, index) => QUOTED.replace('note', `note ${index}`));
    const engine = engineThatLearned([...shapes, QUOTED, QUOTED, QUOTED]);
    const starts = put(engine, shapes);
    expect(shapes.map((_, index) => reads(engine, starts[index], starts[index + 1]))).not.toContain(false);
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
  const engine = engineThatLearned([learned]);
  const starts = put(engine, [line]);
  if (!reads(engine, 0, starts[1])) return undefined;
  const { ids, friendships, wasm } = engine;
  expect(wasm.readCount()).toBe(1);
  const [one, other] = Array.from({ length: ids.count }, (_, user) => ids.idOf(user));
  const time = wasm.lastTime();
  const isPurchase = wasm.purchaseCount(0) === 1;
  const event = isPurchase
    ? { type: 'purchase', time, user: one, amount: BigInt(wasm.lastAmount()) }
    : { type: friendships.has(0, 1) ? 'befriend' : 'unfriend', time, users: [one, other] };
  return { ok: true, value: event } as ReturnType<typeof parseEvent>;
}

function engineThatLearned(lines: readonly string[]): NetworkEngine {
  const { engine } = new NetworkDetector({ degrees: 1, tracked: 2 });
  for (const line of lines) {
    const parsed = parseEvent(line);
    const shape = parsed.ok ? shapeOf(line, parsed.value.type) : undefined;
    if (shape !== undefined) engine.learn(shape);
  }
  return engine;
}

/** Puts the lines where the engine reads, before what may mislead it: gives where each line starts, and where the last one ends. */
function put({ wasm }: NetworkEngine, lines: readonly string[]): number[] {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + Buffer.byteLength(line) + 1);
  const text = Buffer.from(lines.map((line) => `${line}\n`).join('') + '"'.repeat(32));
  new Uint8Array(wasm.memory.buffer, wasm.input(), text.length).set(text);
  return starts;
}

/** Whether the engine reads the lines from one place to another, and leaves none to the full parser. */
function reads({ wasm }: NetworkEngine, start = 0, end = 0): boolean {
  wasm.startReading(start);
  return wasm.readLines(end, 0) === -1;
}

test('a timestamp that shares a part with the one before is read whole', () => {
  const times = ['2017-06-13 11:33:01', '2017-07-13 11:33:01', '2017-07-13 11:33:59', '2017-07-13 11:34:59', '2018-07-14 11:34:59'];
  const engine = engineThatLearned([QUOTED]);
  const starts = put(engine, times.map((time) => QUOTED.replace('2017-06-13 11:33:01', time)));
  const read = times.map((_, index) => (reads(engine, starts[index], starts[index + 1]) ? engine.wasm.lastTime() : undefined));
  expect(read).toEqual(times.map(parseTimestamp));
});

test.each(['2017-06-13 11:33:60', '2017-06-13 11:33:0x', '2017-06-13 11:33:x0', '2017-06-13 11:33.02'])(
  'within a minute, %s is left to the full parser',
  (time) => {
    const engine = engineThatLearned([QUOTED]);
    const starts = put(engine, [QUOTED, QUOTED.replace('2017-06-13 11:33:01', time)]);
    expect([reads(engine, 0, starts[1]), reads(engine, starts[1], starts[2])]).toEqual([true, false]);
  },
);

/** The numbers up to one in so many digits. */
function digits(most: number, length = 2): fc.Arbitrary<string> {
  return fc.nat(most).map((number) => String(number).padStart(length, '0'));
}

/** Leap years, and others that are nearly. */
const leapYears = fc.constantFrom('0000', '0001', '1600', '1900', '1970', '2000', '2024', '2100', '9999');
const date = fc.tuple(fc.oneof(leapYears, digits(9999, 4)), digits(13), digits(32)).map((parts) => parts.join('-'));
const timeOfDay = fc.tuple(digits(24), digits(60), digits(60)).map((parts) => parts.join(':'));

test('reads every date, and nothing that is none, as the full parser does', () => {
  const engine = engineThatLearned([QUOTED]);
  fc.assert(
    fc.property(date, timeOfDay, (date, timeOfDay) => {
      const [, end] = put(engine, [QUOTED.replace('2017-06-13 11:33:01', `${date} ${timeOfDay}`)]);
      const time = reads(engine, 0, end) ? engine.wasm.lastTime() : undefined;
      expect(time).toBe(parseTimestamp(`${date} ${timeOfDay}`));
    }),
    seeded(3000),
  );
});
