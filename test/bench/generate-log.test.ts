import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NetworkEvent } from '../../lib/core/events/event.ts';
import { parseEvent } from '../../lib/core/events/parse-event.ts';
import { generateLogs } from './generate-log.ts';
import { SAMPLE_LOG_PATHS, SAMPLE_LOGS } from './logs/sample-logs.ts';
import type { Workload } from './logs/workload.ts';

const SMALL: Workload = {
  ...SAMPLE_LOGS,
  batch: { ...SAMPLE_LOGS.batch, events: 1_500 },
  stream: { ...SAMPLE_LOGS.stream, events: 500 },
};

test('the same seed gives the same bytes, another seed gives others', () => {
  expect(textOf(SMALL)).toEqual(textOf(SMALL));
  expect(textOf({ ...SMALL, seed: SMALL.seed + 1 })).not.toEqual(textOf(SMALL));
});

test('a batch log starts with D and T, and both logs hold as many events as asked for', () => {
  const { batch, stream } = textOf(SMALL);
  expect(batch).toMatch(/^\{"D":"2", "T":"50"\}\n/);
  expect(eventsOf(batch.slice(batch.indexOf('\n') + 1))).toHaveLength(1_500);
  expect(eventsOf(stream)).toHaveLength(500);
});

test('timestamps go back only in a log with late events', () => {
  expect(timesThatGoBack(SMALL)).toBe(0);
  expect(timesThatGoBack({ ...SMALL, lateShare: 0.05 })).toBeGreaterThan(10);
});

test('a hub gets all its friends and buys more often than others', () => {
  const { batch, stream } = textOf({ ...SMALL, hub: { friends: 200, purchaseShare: 0.2 } });
  expect(batch.match(/"befriend".*"id1": "1",/g)).toHaveLength(200);
  const purchases = stream.match(/"purchase".*/g) ?? [];
  const hubPurchases = purchases.filter((line) => line.includes('"id": "1"'));
  expect(hubPurchases.length / purchases.length).toBeCloseTo(0.2, 1);
});

test.each(['batch', 'stream'] as const)('the sample %s log is what the generator makes of its seed', (name) => {
  expect(readFileSync(SAMPLE_LOG_PATHS[name], 'utf8')).toBe(textOf(SAMPLE_LOGS)[name]);
});

function textOf(workload: Workload): { batch: string; stream: string } {
  const logs = generateLogs(workload);
  const batch = [...logs.batch].join('');
  return { batch, stream: [...logs.stream].join('') };
}

function eventsOf(lines: string): NetworkEvent[] {
  return lines.trimEnd().split('\n').map(eventOf);
}

function eventOf(line: string): NetworkEvent {
  const parsed = parseEvent(line);
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${line}`);
  return parsed.value;
}

function timesThatGoBack(workload: Workload): number {
  const times = eventsOf(textOf(workload).stream).map(({ time }) => time);
  return times.filter((time, place) => time < (times[place - 1] ?? time)).length;
}
