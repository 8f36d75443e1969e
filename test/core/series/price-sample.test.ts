import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SeriesDetector } from '../../../lib/core/series/series-detector.ts';

const EVENTS = path.resolve(import.meta.dirname, '../../../events');

function rowsOf(file: string): string[][] {
  const [, ...rows] = readFileSync(path.join(EVENTS, file), 'utf8').trimEnd().split('\n');
  return rows.map((row) => row.split(','));
}

test('of the sample prices, the known anomalies are alerted, at their onset, and hardly anything else', () => {
  const detector = new SeriesDetector({ window: 200 });
  const alerts = rowsOf('prices.csv').filter(([, , , , close]) => {
    const verdict = detector.score(Number(close));
    detector.learn(Number(close), verdict);
    return verdict.alert;
  });
  const known = rowsOf('prices_anomalies.csv').map(([date]) => date);
  expect(known.length).toBeGreaterThan(5);
  expect(alerts.map(([date]) => date)).toEqual(expect.arrayContaining(known));
  expect(alerts.length).toBeLessThanOrEqual(known.length + 1);
});
