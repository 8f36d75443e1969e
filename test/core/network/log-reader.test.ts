import { describe, expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import { LONGEST_LINE } from '../../../lib/core/events/line-buffer.ts';
import { LogReader, type RejectedLine } from '../../../lib/core/network/log-reader.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';

const PURCHASE = '{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "16.83"}';
const MEGABYTE = 1024 * 1024;

describe('a line over 16 MiB', () => {
  const overlong = Buffer.alloc(LONGEST_LINE, 'x');
  const log = Buffer.concat([Buffer.from(`${PURCHASE}\n`), overlong, Buffer.from(`\n${PURCHASE}\nabc\n`)]);

  test.each([1000, 65_536, MEGABYTE, 2 * LONGEST_LINE])('is rejected, and nothing else is, in chunks of %i', (size) => {
    const { events, rejected } = read(log, size);
    expect(events).toBe(2);
    expect(rejected.map(({ lineNumber }) => lineNumber)).toEqual([2, 4]);
    const [{ reason, text } = { reason: '', text: '' }] = rejected;
    expect(reason).toBe(`longer than ${LONGEST_LINE} bytes`);
    expect(text).toBe('x'.repeat(1024));
  });

  test('is rejected where it is the last and has no end', () => {
    const { events, rejected } = read(Buffer.concat([Buffer.from(`${PURCHASE}\n`), overlong, overlong]), 65_536);
    expect(events).toBe(1);
    expect(rejected).toEqual([{ lineNumber: 2, reason: `longer than ${LONGEST_LINE} bytes`, text: 'x'.repeat(1024) }]);
  });
});

test('a line of nearly 16 MiB is an event', () => {
  const long = PURCHASE.replace('}', `, "note": "${'x'.repeat(LONGEST_LINE - PURCHASE.length - 13)}"}`);
  expect(long).toHaveLength(LONGEST_LINE - 1);
  expect(read(Buffer.from(`${long}\n${PURCHASE}\n`), 65_536)).toEqual({ events: 2, rejected: [] });
});

test('a log of megabytes without one newline is one rejected line', () => {
  const { events, rejected } = read(Buffer.alloc(3 * MEGABYTE, '['), 65_536);
  expect(events).toBe(0);
  expect(rejected).toMatchObject([{ lineNumber: 1, reason: expect.stringMatching(/^not valid JSON/) as unknown }]);
});

test('a log of nothing, of blanks, or of a byte order mark has no events and nothing to reject', () => {
  for (const log of ['', '\n', '\r\n\r\n', ' \t\n\n ', '\ufeff', '\ufeff\n', '\ufeff\r\n \r\n']) {
    expect(read(Buffer.from(log), 2)).toEqual({ events: 0, rejected: [] });
  }
});

test('users whose ids have the same hash may be friends', () => {
  const ids = ['user 02ya8', 'user 0zki6', 'liquid', 'costarring'] as UserId[];
  const lines = ids.flatMap((one) => ids.map((other) => befriend(one, other)));
  const detector = new NetworkDetector({ degrees: 1, tracked: 2 });
  const reader = new LogReader({ detector, judge: true });
  reader.read(Buffer.from(lines.join('')));
  expect([reader.events, reader.rejected]).toEqual([12, 4]);
  for (const id of ids)
    expect(new Set(detector.saveUser(id)?.friends)).toEqual(new Set(ids.filter((other) => other !== id)));
});

test('nobody has to listen', () => {
  const detector = new NetworkDetector({ degrees: 1, tracked: 2 });
  const reader = new LogReader({ detector, judge: true });
  reader.read(
    Buffer.from(`${befriend('1', '16.83')}${PURCHASE}\n${PURCHASE}\n?\n${PURCHASE.replace('"1"', '"16.83"')}\n`),
  );
  reader.read(Buffer.from(PURCHASE.replace('"1"', '"16.83"').replace('"16.83"}', '"99"}')));
  reader.end();
  expect([reader.events, reader.flagged, reader.rejected]).toEqual([5, 1, 1]);
  expect(detector.saveUser('1' as UserId)?.friends).toEqual(['16.83']);
});

function befriend(one: string, other: string): string {
  return `{"event_type":"befriend", "timestamp":"2017-06-13 11:33:01", "id1": "${one}", "id2": "${other}"}\n`;
}

function read(log: Buffer, size: number): { events: number; rejected: RejectedLine[] } {
  const rejected: RejectedLine[] = [];
  const detector = new NetworkDetector({ degrees: 1, tracked: 2 });
  const reader = new LogReader({ detector, judge: true, onRejected: (line) => rejected.push(line) });
  for (let start = 0; start < log.length; start += size) reader.read(log.subarray(start, start + size));
  reader.end();
  return { events: reader.events, rejected };
}
