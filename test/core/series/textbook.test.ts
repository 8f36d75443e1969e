import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../seeded.ts';
import { ordinaryValues, rateOf, windowAfter } from './series-values.ts';

/** The formulas of the books, over the whole window at once, for windows of which all short means are of 15 values. */
const windows = fc.integer({ min: 60, max: 100 });
const SPAN = 15;

const FORMULAS = [
  ['zScore', zScore],
  ['iqr', iqr],
  ['ewma', ewma],
  ['movingAverage', movingAverage],
] as const;

test.each(FORMULAS)('%s is what the book says, also after 1e10 has passed', (model, formula) => {
  fc.assert(
    fc.property(ordinaryValues, windows, fc.integer({ min: -2000, max: 2000 }), (values, window, value) => {
      fc.pre(values.length > SPAN);
      const passed = [...values, 1e10, ...values, ...values];
      const rate = rateOf(windowAfter(passed, window), { model, aspect: 'level', value });
      const expected = formula(passed.slice(-window), value);
      // Where the book divides by a spread of 0, it says nothing.
      fc.pre(Number.isFinite(expected));
      expect(Math.abs(rate - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, expected));
    }),
    seeded(100),
  );
});

function zScore(values: number[], value: number): number {
  return Math.abs(value - meanOf(values)) / (3 * deviationOf(values));
}

function iqr(values: number[], value: number): number {
  const ascending = values.toSorted((one, other) => one - other);
  const quantile = (share: number): number => {
    const place = (ascending.length - 1) * share;
    const [below, above] = [ascending[Math.floor(place)]!, ascending[Math.ceil(place)]!];
    return below + (place % 1) * (above - below);
  };
  const [lower, upper] = [quantile(0.25), quantile(0.75)];
  return Math.max(0, lower - value, value - upper) / (1.5 * (upper - lower));
}

function ewma(values: number[], value: number): number {
  const newestFirst = [value, ...values.slice(-8 * SPAN).toReversed()];
  const weights = newestFirst.map((_, age) => (1 - 2 / (SPAN + 1)) ** age);
  const total = sumOf(weights);
  const mean = meanOf(values);
  const distance = sumOf(newestFirst.map((each, age) => (weights[age]! / total) * (each - mean)));
  const deviation = deviationOf(values) * Math.sqrt(sumOf(weights.map((weight) => (weight / total) ** 2)));
  return Math.abs(distance) / (3 * deviation);
}

function movingAverage(values: number[], value: number): number {
  const short = meanOf([...values.slice(1 - SPAN), value]);
  return Math.abs(short - meanOf(values)) / ((3 * deviationOf(values)) / Math.sqrt(SPAN));
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
