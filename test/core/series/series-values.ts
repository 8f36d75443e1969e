import * as fc from 'fast-check';
import { MODELS, type ModelName } from '../../../lib/core/series/models.ts';
import { SeriesWindow, type Aspect } from '../../../lib/core/series/series-window.ts';

/** Values as sensors and markets give them: whole numbers, prices, long flat stretches, and now and then a glitch. */
const ordinary = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  { weight: 4, arbitrary: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100) },
  { weight: 3, arbitrary: fc.constantFrom(0.1, 0, 5) },
  { weight: 1, arbitrary: fc.constantFrom(1e10, -1e10) },
);

/** Any number that there is. */
const wild = fc.double({ noNaN: true, noDefaultInfinity: true });

const stretch = (value: fc.Arbitrary<number>) =>
  fc
    .tuple(value, fc.constantFrom(1, 1, 1, 4, 30))
    .map(([repeated, times]) => Array.from({ length: times }, () => repeated));

export const ordinaryValues = fc.array(stretch(ordinary), { minLength: 1, maxLength: 80 }).map((parts) => parts.flat());

export const wildValues = fc
  .array(stretch(fc.oneof(ordinary, wild)), { minLength: 1, maxLength: 80 })
  .map((parts) => parts.flat());

export const windows = fc.oneof(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 13, max: 150 }));

/** A window after so many values. */
export function windowAfter(values: readonly number[], window: number, number = 0): SeriesWindow {
  const seen = new SeriesWindow(window, number);
  for (const value of values) seen.learn(seen.pointOf(value));
  return seen;
}

export interface Asked {
  readonly model: ModelName;
  readonly aspect: Aspect;
  readonly value: number;
}

export function rateOf(window: SeriesWindow, { model, aspect, value }: Asked): number {
  return MODELS[model](window[aspect], window.pointOf(value)[aspect]);
}
