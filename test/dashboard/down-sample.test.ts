import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { downSample } from '../../lib/dashboard/charts/down-sample.ts';
import { seeded } from '../seeded.ts';

const point = fc.record({
  value: fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
  anomaly: fc.boolean(),
  alert: fc.constant(false),
});
const quiet = point.map(({ value }) => ({ value, anomaly: false, alert: false }));

describe('down-sampling a series', () => {
  test('keeps every anomaly and every alert, in order and once', () => {
    const series = fc.array(fc.oneof({ weight: 20, arbitrary: quiet }, { weight: 1, arbitrary: point }), {
      minLength: 1,
      maxLength: 800,
    });
    fc.assert(
      fc.property(series, fc.integer({ min: 4, max: 200 }), (points, most) => {
        const kept = downSample(points, { first: 0, end: points.length }, most);
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
        const marked = points.flatMap(({ anomaly, alert }, place) => (anomaly || alert ? [place] : []));
        expect(kept).toEqual(expect.arrayContaining(marked));
      }),
      seeded(200),
    );
  });

  test('keeps the lowest and the highest point, and about as many as asked for', () => {
    fc.assert(
      fc.property(
        fc.array(quiet, { minLength: 50, maxLength: 2000 }),
        fc.integer({ min: 10, max: 60 }),
        (points, most) => {
          const kept = downSample(points, { first: 0, end: points.length }, most);
          const values = (places: readonly number[]) => places.map((place) => points[place]!.value);
          const all = points.map((_, place) => place);
          expect(Math.min(...values(kept))).toBe(Math.min(...values(all)));
          expect(Math.max(...values(kept))).toBe(Math.max(...values(all)));
          expect(kept.length).toBeLessThanOrEqual(most + 2);
        },
      ),
      seeded(200),
    );
  });

  test('leaves a short stretch as it is', () => {
    const points = Array.from({ length: 10 }, (_, value) => ({ value, anomaly: false, alert: false }));
    expect(downSample(points, { first: 3, end: 6 }, 4)).toEqual([3, 4, 5]);
    expect(downSample(points, { first: 4, end: 4 }, 4)).toEqual([]);
  });

  test('makes 100,000 points with 300 anomalies drawable', () => {
    const points = Array.from({ length: 100_000 }, (_, index) => {
      return { value: Math.sin(index / 900), anomaly: index % 333 === 7, alert: index % 3330 === 7 };
    });
    const kept = downSample(points, { first: 0, end: points.length }, 2000);
    expect(kept.length).toBeLessThan(2400);
    expect(kept.filter((place) => points[place]!.anomaly)).toHaveLength(301);
  });
});
