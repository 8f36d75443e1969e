import { expect, test } from 'vitest';
import { METRICS, metricOf } from '../../../lib/core/operations/metrics.ts';

test('a metric is named in words, of the dimension’s kind, and says what it counts', () => {
  for (const metrics of Object.values(METRICS)) {
    for (const [name, { label }] of Object.entries(metrics)) {
      expect(name).toMatch(/^([A-Z][a-z]+)+$/);
      expect(label).toMatch(/^[a-z]/);
    }
  }
});

test('metrics are few, since each costs $0.30 a month', () => {
  expect(Object.values(METRICS).flatMap((metrics) => Object.keys(metrics)).length).toBeLessThanOrEqual(30);
});

test('a metric is found by its function and its name, and an unknown one is refused', () => {
  expect(metricOf('live-events', 'Lag')).toMatchObject({ unit: 'Milliseconds', statistic: 'Maximum' });
  expect(() => metricOf('live-events', 'Points' as 'Lag')).toThrow('live-events has no metric Points');
});
