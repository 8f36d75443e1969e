import { describe, expect, test } from 'vitest';
import { SERIES_KINDS, type SeriesKindName } from '../../../lib/core/simulated-series/series-kinds.ts';
import {
  simulateSeries,
  type SeriesSimulation,
  type SimulatedPoint,
} from '../../../lib/core/simulated-series/simulate-series.ts';

const USUAL: SeriesSimulation = {
  kind: 'price',
  seed: 1,
  start: 1000,
  step: 0.5,
  day: 600,
  episodeOneIn: 100,
  quiet: 50,
};

function points(count: number, simulation: Partial<SeriesSimulation> = {}): SimulatedPoint[] {
  const series = simulateSeries({ ...USUAL, ...simulation });
  return Array.from({ length: count }, () => series.next().value);
}

const kinds = Object.keys(SERIES_KINDS) as SeriesKindName[];

describe.each(kinds)('a %s series', (kind) => {
  test('is the same from the same seed, and another from another', () => {
    expect(points(500, { kind })).toEqual(points(500, { kind }));
    expect(points(500, { kind, seed: 2 })).not.toEqual(points(500, { kind }));
  });

  test('has episodes of its own kinds, with quiet between them, and each begins once', () => {
    const all = points(10_000, { kind });
    const onsets = all.flatMap(({ isOnset }, index) => (isOnset ? [index] : []));
    expect(onsets.length).toBeGreaterThan(40);
    expect(new Set(onsets.map((index) => all[index]?.anomaly))).toEqual(new Set(SERIES_KINDS[kind].disturbances));
    for (const onset of onsets) {
      expect(all.slice(onset - 50, onset).every(({ anomaly }) => anomaly === undefined)).toBe(true);
    }
  });

  test('has values that stand out in an episode, and the same normal ones wherever the episodes are', () => {
    const normal = points(5000, { kind, episodeOneIn: Infinity });
    const usual = points(5000, { kind });
    const spread = standardDeviation(normal.map(({ value }) => value));
    const distances = usual.map(({ value }, index) => Math.abs(value - normal[index]!.value));
    const quiet = distances.filter((_, index) => usual[index]!.anomaly === undefined);
    const onsets = distances.filter((_, index) => usual[index]!.isOnset);
    expect(Math.max(...quiet)).toBe(0);
    expect(Math.min(...onsets)).toBeGreaterThan(spread);
  });
});

test('times go on by the step', () => {
  expect(points(3).map(({ time }) => time)).toEqual([1000, 1000.5, 1001]);
});

test('traffic follows the day', () => {
  const day = points(1200, { kind: 'traffic', start: 0, episodeOneIn: Infinity }).map(({ value }) => value);
  expect(mean(day.slice(500, 700))).toBeGreaterThan(1.5 * mean([...day.slice(0, 100), ...day.slice(-100)]));
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
}
