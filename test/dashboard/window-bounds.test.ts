import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowBounds } from '../../lib/dashboard/charts/window-bounds.ts';
import { seeded } from '../seeded.ts';

function naiveBounds(before: readonly number[]): readonly [number, number] {
  const mean = before.reduce((sum, value) => sum + value, 0) / before.length;
  const variance = before.reduce((sum, value) => sum + (value - mean) ** 2, 0) / before.length;
  return [mean - 3 * Math.sqrt(variance), mean + 3 * Math.sqrt(variance)];
}

describe('the bounds of the window', () => {
  test('are the mean of the points before, less and plus three standard deviations', () => {
    const series = fc.array(fc.double({ noNaN: true, min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 20 }), (values, window) => {
        const { lower, upper } = windowBounds(Float64Array.from(values), window);
        expect(lower.slice(0, window).every(Number.isNaN)).toBe(true);
        const full = values.slice(window).map((_, place) => naiveBounds(values.slice(place, place + window)));
        full.forEach(([low, high], place) => {
          // Square roots of what is left of large sums.
          expect(Math.abs(lower[place + window]! - low)).toBeLessThan(1e-3);
          expect(Math.abs(upper[place + window]! - high)).toBeLessThan(1e-3);
        });
      }),
      seeded(200),
    );
  });

  test('hold far from zero, too', () => {
    const { lower, upper } = windowBounds(Float64Array.from([1e9, 1e9 + 1, 1e9, 1e9 + 1, 1e9]), 4);
    expect(lower[4]).toBeCloseTo(1e9 - 1, 3);
    expect(upper[4]).toBeCloseTo(1e9 + 2, 3);
  });
});
