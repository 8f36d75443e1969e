import { describe, expect, test } from 'vitest';
import { viewSeries } from '../../lib/dashboard/charts/series-view.ts';
import { aroundPoint } from '../../lib/dashboard/pages/client/around-point.ts';

const START = Date.UTC(2026, 10, 21);

function points(count: number, late: readonly number[] = []) {
  return Array.from({ length: count }, (_, position) => ({
    position,
    time: START + position * 1000,
    value: position % 7,
    anomaly: position % 50 === 49,
    alert: position === 49,
    late: late.includes(position),
  }));
}

const ALL = { window: 10, most: 1000 };

describe('what is drawn of a series', () => {
  test('is every point, with bounds from the full window on, and anomalies and alerts apart', () => {
    const view = viewSeries(points(100), ALL);
    expect(view.times[0]).toBe(START / 1000);
    expect(view.values).toHaveLength(100);
    expect(view.lower.findIndex((bound) => bound !== null)).toBe(10);
    expect(view.anomalies.flatMap((value, place) => (value === null ? [] : [place]))).toEqual([49, 99]);
    expect(view.alerts.flatMap((value, place) => (value === null ? [] : [place]))).toEqual([49]);
  });

  test('is in the order of the times, though late points came after others', () => {
    const shuffled = points(20);
    const [late] = shuffled.splice(5, 1);
    const view = viewSeries([...shuffled, { ...late!, late: true }], ALL);
    expect(view.times).toEqual(view.times.toSorted((a, b) => a - b));
    expect(view.values).toHaveLength(20);
  });

  test('has late points in no window, and without bounds of their own', () => {
    const view = viewSeries(points(40, [20]), ALL);
    expect(view.upper[20]).toBeNull();
    const without = points(40).filter(({ position }) => position !== 20);
    expect(view.upper.filter((bound) => bound !== null)).toEqual(viewSeries(without, ALL).upper.slice(10));
  });

  test('is the part that is looked at and a point on either side', () => {
    const range = [START / 1000 + 30, START / 1000 + 40] as const;
    const view = viewSeries(points(100), { ...ALL, range });
    expect(view.times).toEqual(Array.from({ length: 13 }, (_, index) => START / 1000 + 29 + index));
  });

  test('has places instead of times where the timestamps count something else', () => {
    const counted = points(5).map((point) => Object.assign(point, { time: point.position }));
    expect(viewSeries(counted, ALL)).toMatchObject({ isTime: false, times: [0, 1, 2, 3, 4] });
  });

  test('of nothing is nothing', () => {
    expect(viewSeries([], ALL)).toMatchObject({ times: [], values: [] });
  });
});

test('an anomaly is looked at with its neighbours', () => {
  expect(aroundPoint(points(500), 200)).toEqual([START / 1000 + 140, START / 1000 + 260]);
  expect(aroundPoint(points(100), 10)).toEqual([START / 1000, START / 1000 + 70]);
});
