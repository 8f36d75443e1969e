import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FARTHEST } from '../../../lib/core/series/distance.ts';
import { MODEL_NAMES, MODELS } from '../../../lib/core/series/models.ts';
import { ASPECTS } from '../../../lib/core/series/series-window.ts';
import { seeded } from '../../seeded.ts';
import { ordinaryValues, rateOf, wildValues, windowAfter, windows } from './series-values.ts';

const CASES = MODEL_NAMES.flatMap((model) => ASPECTS.map((aspect) => ({ model, aspect })));

/** Enough for a tree of the forest to tell anything, with room for short means. */
const wideWindows = fc.integer({ min: 20, max: 150 });

describe.each(CASES)('$model, by the $aspect', ({ model, aspect }) => {
  test('gives a rate from 0 to the farthest, whatever the values', () => {
    fc.assert(
      fc.property(wildValues, windows, fc.double({ noNaN: true, noDefaultInfinity: true }), (values, window, value) => {
        const rate = rateOf(windowAfter(values, window), { model, aspect, value });
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(FARTHEST);
      }),
      seeded(60),
    );
  });

  test('depends on the values in the window and the number of those before them alone, bit for bit', () => {
    fc.assert(
      fc.property(ordinaryValues, windows, (values, window) => {
        const kept = values.slice(-window);
        const anew = windowAfter(kept, window, values.length - kept.length);
        const slid = windowAfter(values, window);
        for (const value of [0, 5, 700, -1e10]) {
          const asked = { model, aspect, value };
          expect(rateOf(slid, asked)).toBe(rateOf(anew, asked));
        }
      }),
      seeded(60),
    );
  });

  test('changes nothing', () => {
    fc.assert(
      fc.property(ordinaryValues, windows, (values, window) => {
        const seen = windowAfter(values, window);
        const first = rateOf(seen, { model, aspect, value: 42 });
        rateOf(seen, { model, aspect, value: 1e10 });
        expect(rateOf(seen, { model, aspect, value: 42 })).toBe(first);
      }),
      seeded(20),
    );
  });

  test('gives the same in another unit: bit for bit, if it is a power of two', () => {
    fc.assert(
      fc.property(ordinaryValues, windows, fc.integer({ min: -20, max: 20 }), (values, window, power) => {
        const scaled = values.map((value) => value * 2 ** power);
        const [seen, seenScaled] = [windowAfter(values, window), windowAfter(scaled, window)];
        for (const value of [0, 5, 700]) {
          const asked = { model, aspect, value: value * 2 ** power };
          expect(rateOf(seenScaled, asked)).toBe(rateOf(seen, { model, aspect, value }));
        }
      }),
      seeded(60),
    );
  });

  test('gives the same from another zero', () => {
    const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(values, windows, fc.integer({ min: -10_000, max: 10_000 }), (values, window, shift) => {
        const shifted = values.map((value) => value + shift);
        const [seen, seenShifted] = [windowAfter(values, window), windowAfter(shifted, window)];
        for (const value of [0, 7, 150]) {
          const rate = rateOf(seen, { model, aspect, value });
          const rateShifted = rateOf(seenShifted, { model, aspect, value: value + shift });
          expect(Math.abs(rateShifted - rate)).toBeLessThanOrEqual(1e-6 * Math.max(1, rate));
        }
      }),
      seeded(60),
    );
  });

  test.each([0, 0.1, -7e-300, 3e120])('takes the next of equal values of %f for usual', (level) => {
    fc.assert(
      fc.property(windows, (window) => {
        const flat = windowAfter(
          Array.from({ length: 200 }, () => level),
          window,
        );
        expect(rateOf(flat, { model, aspect, value: level })).toBeLessThan(1);
      }),
      seeded(10),
    );
  });

  test.each([0, 0.1, 3e120])('takes every other value after equal values of %f for far beyond every limit', (level) => {
    fc.assert(
      fc.property(wideWindows, (window) => {
        const flat = windowAfter(
          Array.from({ length: 200 }, () => level),
          window,
        );
        expect(rateOf(flat, { model, aspect, value: level * 1.01 + 1e-3 })).toBeGreaterThan(FARTHEST / 10);
      }),
      seeded(10),
    );
  });

  test('takes a difference within the rounding of doubles for none', () => {
    const flat = windowAfter(
      Array.from({ length: 100 }, () => 0.3),
      50,
    );
    expect(rateOf(flat, { model, aspect, value: 0.1 + 0.2 })).toBe(rateOf(flat, { model, aspect, value: 0.3 }));
  });

  test('calls a value far beyond all others anomalous by the book', () => {
    const noise = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 150, maxLength: 200 });
    fc.assert(
      fc.property(noise, wideWindows, fc.constantFrom(1e6, -1e6), (values, window, value) => {
        expect(rateOf(windowAfter(values, window), { model, aspect, value })).toBeGreaterThan(1);
      }),
      seeded(60),
    );
  });
});

test('the table lists five models, so that three are a majority', () => {
  expect(Object.keys(MODELS)).toEqual(['zScore', 'iqr', 'ewma', 'movingAverage', 'isolationForest']);
});
