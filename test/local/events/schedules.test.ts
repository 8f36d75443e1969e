import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { RuleDefinition } from '../../../lib/local/deploy/definitions.ts';
import type { BusEvent } from '../../../lib/local/events/bus-event.ts';
import { intervalOf } from '../../../lib/local/events/schedule-expression.ts';
import { Schedules } from '../../../lib/local/events/schedules.ts';
import { FakeClock } from '../fake-clock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const HOUR_MS = 3_600_000;
const HOURLY: RuleDefinition = {
  name: 'hourly',
  enabled: true,
  trigger: { kind: 'schedule', everyMilliseconds: HOUR_MS },
  targets: [],
};

/** Runs until a rule has fired so often. */
async function run(folder: string, times: number, clock = new FakeClock()) {
  const events: BusEvent[] = [];
  const bus = {
    deliver: async (_: RuleDefinition, event: BusEvent): Promise<void> => {
      events.push(event);
      if (events.length === times) void schedules.stop();
    },
  };
  const schedules = new Schedules({ rules: [HOURLY], bus, folder, clock });
  onTestFinished(() => schedules.stop());
  schedules.start();
  await vi.waitFor(() => expect(events).toHaveLength(times));
  await schedules.stop();
  return { events, clock };
}

test('a rule fires once an interval, for the first time one interval after it was made', async () => {
  const { events } = await run(await temporaryFolder(), 2);
  expect(events.map(({ time }) => time)).toEqual(['2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z']);
  expect(events[0]).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
});

test('a restart does not put it off', async () => {
  const folder = await temporaryFolder();
  const { clock } = await run(folder, 1);
  clock.time += 5 * HOUR_MS;
  const { events } = await run(folder, 1, clock);
  expect(events[0]?.time).toBe('2026-01-01T06:00:00Z');
  expect(Number(readFileSync(path.join(folder, 'hourly.txt'), 'utf8'))).toBe(clock.time);
});

test.each([
  ['rate(5 minutes)', 300_000],
  ['rate(1 hour)', HOUR_MS],
  ['rate(2 days)', 48 * HOUR_MS],
])('%s is every %i milliseconds', (expression, expected) => {
  expect(intervalOf(expression)).toBe(expected);
});

test.each(['cron(0 12 * * ? *)', 'rate(0 minutes)', 'rate(5 seconds)', 'at(2026-01-01T00:00:00)'])('fails for %s', (expression) => {
  expect(() => intervalOf(expression)).toThrow(expression);
});
