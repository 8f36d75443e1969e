import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CalibratedLimit } from '../../../lib/core/series/calibrated-limit.ts';
import { FARTHEST } from '../../../lib/core/series/distance.ts';
import { seeded } from '../../seeded.ts';

const PASSING = 0.99;

/** Of a bin of the histogram. */
const STEP = 2 ** 0.25;

const rates = fc.array(
  fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 50_000, noNaN: true })),
  { minLength: 1, maxLength: 2000 },
);

test('is the quantile of the rates so far within a bin, and at least 1', () => {
  fc.assert(
    fc.property(rates, (rates) => {
      const quantile = Math.max(1, quantileOf(rates, PASSING));
      const { limit, quantile: interpolated } = limitAfter(rates);
      expect(interpolated).toBeGreaterThanOrEqual(Math.max(1, quantile / STEP));
      expect(interpolated).toBeLessThanOrEqual(limit);
      expect(limit).toBeGreaterThanOrEqual(quantile);
      expect(limit).toBeLessThanOrEqual(quantile * STEP * (1 + 1e-9));
    }),
    seeded(100),
  );
});

test('lets nothing pass a model for which everything is as far as can be', () => {
  const limit = limitAfter(Array.from({ length: 100 }, () => FARTHEST));
  expect(FARTHEST / limit.limit).toBeLessThan(1.01);
});

test('forgets: a wild time long ago does not raise it', () => {
  const limit = limitAfter(Array.from({ length: 1000 }, () => 50));
  expect(limit.limit).toBeGreaterThan(49);
  for (let quiet = 0; quiet < 200_000; quiet++) limit.count(0.5);
  expect(limit.limit).toBe(1);
});

test('is restored from what it saves, in few numbers', () => {
  fc.assert(
    fc.property(rates, rates, (before, after) => {
      const original = limitAfter(before);
      const numbers = original.save().values();
      const restored = CalibratedLimit.restore(() => numbers.next().value ?? NaN);
      expect(numbers.next().done).toBe(true);
      for (const rate of after) {
        expect(restored.limit).toBe(original.limit);
        restored.count(rate);
        original.count(rate);
      }
      expect(restored.save()).toEqual(original.save());
    }),
    seeded(30),
  );
});

function limitAfter(rates: readonly number[]): CalibratedLimit {
  const limit = new CalibratedLimit();
  for (const rate of rates) limit.count(rate);
  return limit;
}

/** The greatest rate of which at least that share is not greater. */
function quantileOf(rates: readonly number[], share: number): number {
  const descending = rates.toSorted((one, other) => other - one);
  return descending[Math.floor((1 - share) * rates.length)]!;
}
