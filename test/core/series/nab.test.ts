import { expect, test } from 'vitest';
import { alertsOf } from '../../bench/series/alarms.ts';
import { scoreByNab } from '../../bench/series/nab-score.ts';
import { hasNab, readNab } from '../../bench/series/nab-series.ts';

/** A bit below what was measured: 69.0 and 62.2. A change that costs more has to say what for. */
test.skipIf(!hasNab).each([
  { window: 1000, least: 66 },
  { window: 200, least: 59 },
])(
  'alerts on labelled series score at least $least by the rules of NAB, with a window of $window',
  ({ window, least }) => {
    const alarms = readNab().map((series) => ({ series, alarms: alertsOf(series.values, { window }) }));
    expect(scoreByNab(alarms).scores.standard).toBeGreaterThan(least);
  },
  300_000,
);

test('the rules of NAB: found at once is 100, nothing is 0, and false alarms outweigh', () => {
  const series = { name: 'made up', values: Array.from({ length: 1000 }, () => 0), windows: [[500, 599]] as const };
  const scoreOf = (alarms: readonly number[]) => scoreByNab([{ series, alarms }]).scores;
  expect(scoreOf([500]).standard).toBeCloseTo(100, 10);
  expect(scoreOf([])).toEqual({ standard: 0, 'few false alarms': 0, 'few missed': 0 });
  expect(scoreOf([10, 20, 149])).toEqual(scoreOf([]));
  expect(scoreOf([300]).standard).toBeCloseTo(-5.5, 10);
  expect(scoreOf([300])['few false alarms']).toBeCloseTo(-11, 10);
  expect(scoreOf([599]).standard).toBeGreaterThan(50);
  expect(scoreOf([599]).standard).toBeLessThan(scoreOf([550, 599]).standard);
  // Right behind the window an alarm is late rather than false.
  expect(scoreOf([601]).standard).toBeGreaterThan(scoreOf([900]).standard);
});
