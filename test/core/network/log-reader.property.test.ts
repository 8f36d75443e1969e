import { isUtf8 } from 'node:buffer';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import { parseEvent } from '../../../lib/core/events/parse-event.ts';
import { LogReader, type FlaggedLine, type RejectedLine } from '../../../lib/core/network/log-reader.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import { flaggedLine } from '../../oracle/naive-log.ts';
import { seeded } from '../../seeded.ts';
import { forms, line } from '../events/log-lines.ts';
import { statesOf, usersOf } from './verdicts.ts';
import { isJson } from '../is-json.ts';

const PARAMETERS = { degrees: 2, tracked: 3 };

interface Reading {
  readonly events: number;
  readonly flagged: readonly FlaggedLine[];
  readonly rejected: readonly RejectedLine[];
  readonly states: readonly unknown[];
}

interface Log {
  readonly lines: readonly Uint8Array[];
  readonly hasLastNewline: boolean;
  readonly chunkSizes: readonly number[];
  readonly firstLine: number;
  readonly judge: boolean;
}

const log: fc.Arbitrary<Log> = forms.chain((known) =>
  fc.record({
    lines: fc.array(line(known), { maxLength: 40, size: 'max' }),
    hasLastNewline: fc.boolean(),
    chunkSizes: fc.array(fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5000 })), {
      minLength: 1,
    }),
    firstLine: fc.constantFrom(1, 1, 2, 1000),
    judge: fc.boolean(),
  }),
);

test('a log is read, in chunks cut anywhere, as its lines are read one by one by the full parser', () => {
  fc.assert(
    fc.property(log, (log) => {
      const users: UserId[] = [];
      const wanted = readLineByLine(log, users);
      const { events, flagged, rejected, states } = readInChunks(log, users);
      expect(rejected).toEqual(wanted.rejected);
      expect(rejected.filter(isCalledNoJson).map(({ lineNumber }) => lineNumber)).toEqual(wanted.noJson);
      expect(flagged).toEqual(wanted.flagged);
      expect(events).toBe(wanted.events);
      expect(states).toEqual(wanted.states);
    }),
    seeded(1200),
  );
});

/** With one chunk overwriting the other, as readers of files do it. */
function readInChunks(log: Log, users: readonly UserId[]): Reading {
  const detector = new NetworkDetector(PARAMETERS);
  const flagged: FlaggedLine[] = [];
  const rejected: RejectedLine[] = [];
  const reader = new LogReader({
    detector,
    judge: log.judge,
    firstLine: log.firstLine,
    onFlagged: (line) => flagged.push(line),
    onRejected: (line) => rejected.push(line),
  });
  const bytes = joined(log);
  const buffer = new Uint8Array(Math.max(...log.chunkSizes));
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const chunk = bytes.subarray(start, start + (log.chunkSizes[turn % log.chunkSizes.length] ?? 1));
    buffer.fill(0x22);
    buffer.set(chunk);
    reader.read(buffer.subarray(0, chunk.length));
    start += chunk.length;
  }
  reader.end();
  expect([reader.flagged, reader.rejected]).toEqual([flagged.length, rejected.length]);
  return { events: reader.events, flagged, rejected, states: statesOf(detector, users) };
}

/** Tells the users that it has met. */
function readLineByLine(log: Log, users: UserId[]): Reading & { noJson: readonly number[] } {
  const detector = new NetworkDetector(PARAMETERS);
  const flagged: FlaggedLine[] = [];
  const rejected: RejectedLine[] = [];
  const noJson: number[] = [];
  let events = 0;
  for (const [index, bytes] of log.lines.entries()) {
    const lineNumber = log.firstLine + index;
    const decoded = Buffer.from(bytes).toString('utf8');
    const text = lineNumber === 1 ? decoded.replace(/^\ufeff/, '') : decoded;
    if (!isUtf8(bytes)) {
      rejected.push({ lineNumber, reason: 'not valid UTF-8', text: text.replace(/\r$/, '') });
      continue;
    }
    if (/^[ \t\r]*$/.test(text)) continue;
    if (!isJson(text)) noJson.push(lineNumber);
    const parsed = parseEvent(text);
    if (!parsed.ok) {
      rejected.push({ lineNumber, reason: parsed.reason, text: text.replace(/\r$/, '') });
      continue;
    }
    events++;
    const flag = detector.observe(parsed.value);
    if (parsed.value.type === 'purchase' && flag !== undefined && log.judge) {
      flagged.push({ lineNumber, line: flaggedLine(text, flag), purchase: parsed.value, flag });
    }
    users.push(...usersOf([parsed.value]));
  }
  return { events, flagged, rejected, noJson, states: statesOf(detector, users) };
}

function joined({ lines, hasLastNewline }: Log): Uint8Array {
  const all = lines.flatMap((line, index) => (index === 0 ? [line] : [Uint8Array.of(10), line]));
  return Buffer.concat(hasLastNewline ? [...all, Uint8Array.of(10)] : all);
}

function isCalledNoJson({ reason }: RejectedLine): boolean {
  return reason.startsWith('not valid JSON: ');
}
