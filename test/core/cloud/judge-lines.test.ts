import { expect, test } from 'vitest';
import { newHead } from '../../../lib/core/cloud/commits.ts';
import { eventsOf, judgeLines } from '../../../lib/core/cloud/judge-lines.ts';
import { selectLines } from '../../../lib/core/cloud/select-lines.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { streamRecord } from './stream-records.ts';

const PARAMETERS = { degrees: 1, tracked: 2 };
const HEAD = { ...newHead(DEFAULT_NETWORK, PARAMETERS, 2), version: 6, generation: 'g', load: 3, sequence: 40 };

const BEFRIEND = '{"event_type":"befriend", "timestamp":"2017-06-13 11:33:01", "id1": "1", "id2": "2"}';

function buys(id: string, amount: string): string {
  return `{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "${id}", "amount": "${amount}"}`;
}

function judge(...records: string[][]): ReturnType<typeof judgeLines> {
  const detector = new NetworkDetector(PARAMETERS);
  detector.sequence = HEAD.sequence;
  return judgeLines(
    detector,
    HEAD,
    selectLines(
      HEAD,
      records.map((lines, at) => streamRecord(at + 1, lines)),
    ),
  );
}

test('the body of a commit holds what it did and of which version it is', () => {
  const { events, flagged, rejected, ...rest } = judge([BEFRIEND], [buys('1', '5')]);
  expect(rest).toEqual({
    version: 7,
    generation: 'g',
    load: 3,
    parameters: PARAMETERS,
    sequence: 40,
    covers: [{ shard: 's', first: '1', last: '2' }],
    sourceCovers: [],
    before: { shards: HEAD.shards, sources: HEAD.sources, bodies: HEAD.bodies },
  });
  expect(events.map(({ type }) => type)).toEqual(['befriend', 'purchase']);
  expect([flagged, rejected]).toEqual([[], []]);
});

test('the body of a commit that puts back says so', () => {
  const detector = new NetworkDetector(PARAMETERS);
  const selection = { ...selectLines(HEAD, [streamRecord(1, [BEFRIEND])]), redriven: true } as const;
  expect(judgeLines(detector, HEAD, selection).redriven).toBe(true);
});

test('each line is judged on all before it, also those of its own batch', () => {
  const lines = [BEFRIEND, buys('2', '10'), buys('2', '10.01'), buys('1', '99.00'), buys('2', '99.00')];
  const { flagged } = judge(lines);
  expect(flagged).toEqual([
    {
      line: `${lines[3]!.slice(0, -1)}, "mean": "10.00", "sd": "0.00"}`,
      purchase: { type: 'purchase', time: 1_497_353_581, user: '1', amount: 99_000_000n },
      sequence: 42,
      flag: expect.objectContaining({
        mean: '10.00',
        judgedAgainst: [
          expect.objectContaining({ user: '2', sequence: 41 }),
          expect.objectContaining({ sequence: 40 }),
        ],
      }),
    },
  ]);
});

test('a rejected line says what is wrong with it and where it came from', () => {
  const selection = selectLines(HEAD, [streamRecord(8, [buys('1', '5'), '', 'no event'])]);
  expect(eventsOf(selection).map((event) => event.type === 'purchase' && event.user)).toEqual(['1' as UserId]);
  const { rejected, events } = judgeLines(new NetworkDetector(PARAMETERS), HEAD, selection);
  expect(events).toHaveLength(1);
  expect(rejected).toEqual([
    { reason: expect.stringMatching(/JSON/) as string, text: 'no event', shard: 's', sequenceNumber: '8', line: 3 },
  ]);
});
