import { expect, onTestFinished, test, vi } from 'vitest';
import { Counters, publishing } from '../../../lib/adapters/telemetry/counters.ts';

/** The lines that are written from now on. */
function written(): string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) >= 0);
  onTestFinished(() => spy.mockRestore());
  return lines;
}

test('what is counted is one line: sums of counts and the worst of ages, each with its unit', () => {
  const counters = new Counters('live-events');
  const lines = written();
  counters.note({ Events: 2, Lag: 50 });
  counters.note({ Events: 3, Lag: 40, Flagged: 0 });
  counters.publish();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Namespace: 'Flagstone',
          Dimensions: [['service']],
          Metrics: [
            { Name: 'Events', Unit: 'Count' },
            { Name: 'Lag', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
    service: 'live-events',
    Events: 5,
    Lag: 50,
  });
});

test('where nothing is counted, nothing is written', () => {
  const counters = new Counters('series');
  const lines = written();
  counters.note({ Anomalies: 0 });
  counters.publish();
  expect(lines).toEqual([]);
});

test('what comes too early is kept for a later time, and is not lost', () => {
  let now = 0;
  const counters = new Counters('series', { atMostEveryMs: 1000, now: () => now });
  const lines = written();
  counters.note({ Points: 1 });
  counters.publish();
  for (now = 1; now < 1000; now += 333) {
    counters.note({ Points: 1 });
    counters.publish();
  }
  expect(lines.map((line) => (JSON.parse(line) as { Points: number }).Points)).toEqual([1]);
  now = 1000;
  counters.publish();
  expect(lines.map((line) => (JSON.parse(line) as { Points: number }).Points)).toEqual([1, 3]);
});

test('a handler publishes, whether it goes well or not', () => {
  const publish = vi.fn<() => void>();
  const { after, onError } = publishing({ publish });
  after();
  onError();
  expect(publish).toHaveBeenCalledTimes(2);
});
