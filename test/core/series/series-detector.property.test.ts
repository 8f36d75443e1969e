import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MODEL_NAMES } from '../../../lib/core/series/models.ts';
import { historyLength, SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import { LIMITS } from '../../../lib/core/series/series-options.ts';
import { QUIET, type Verdict } from '../../../lib/core/series/verdict.ts';
import { seeded } from '../../seeded.ts';
import { ordinaryValues, windows } from './series-values.ts';

const limits = fc.constantFrom(...LIMITS);

/** Some more: so many that limits are calibrated, and that what a histogram counts is halved. */
const longValues = fc
  .tuple(ordinaryValues, fc.integer({ min: 1, max: 40 }))
  .map(([values, times]) => Array.from({ length: times }, () => values).flat());

test('goes on from what was saved and the last values as if nothing had happened, bit for bit', () => {
  fc.assert(
    fc.property(longValues, windows, fc.nat({ max: 3 }), (values, window, seed) => {
      const warm = new SeriesDetector({ window });
      let cold = new SeriesDetector({ window });
      for (const [place, value] of values.entries()) {
        const verdict = warm.score(value);
        expect(cold.score(value)).toEqual(verdict);
        warm.learn(value, verdict);
        cold.learn(value);
        if ((place + seed) % 37 > 1) continue;
        const saved = cold.save();
        expect(warm.save()).toEqual(saved);
        const history = values.slice(0, place + 1).slice(-historyLength(window));
        cold = SeriesDetector.restore({ window, saved, history });
      }
    }),
    seeded(25),
  );
});

test('saves at most 2 KB', () => {
  fc.assert(
    fc.property(longValues, windows, (values, window) => {
      const detector = new SeriesDetector({ window });
      for (const value of values) detector.learn(value);
      expect(detector.save().length).toBeLessThan(2048);
    }),
    seeded(10),
  );
});

test('calls anomalous what most of the models vote for, and only then scores more than a half', () => {
  fc.assert(
    fc.property(longValues, windows, limits, (values, window, limits) => {
      for (const { anomaly, alert, score, votes } of verdictsOf(values, new SeriesDetector({ window, limits }))) {
        expect(anomaly).toBe(MODEL_NAMES.filter((name) => votes[name]).length >= 3);
        expect(anomaly).toBe(score > 0.5);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThan(1);
        expect(alert && !anomaly).toBe(false);
      }
    }),
    seeded(20),
  );
});

test('scores without changing anything', () => {
  fc.assert(
    fc.property(longValues, windows, (values, window) => {
      const asked = new SeriesDetector({ window });
      const unasked = new SeriesDetector({ window });
      for (const value of values) {
        for (const other of [0, -3, 1e10, value]) asked.score(other);
        asked.learn(value);
        unasked.learn(value);
      }
      expect(asked.save()).toEqual(unasked.save());
    }),
    seeded(10),
  );
});

test.each([NaN, Infinity, -Infinity])('takes %d for a missing value: answered quietly, and not learnt', (missing) => {
  const detector = new SeriesDetector({ window: 5 });
  const complete = new SeriesDetector({ window: 5 });
  for (const value of [1, 2, 1, 2, 1, 2, 1, 50, 2]) {
    expect(detector.score(missing)).toEqual(QUIET);
    detector.learn(missing);
    expect(detector.score(value)).toEqual(complete.score(value));
    detector.learn(value);
    complete.learn(value);
  }
  expect(detector.save()).toEqual(complete.save());
});

test('says nothing until the window is full, or holds 200 values', () => {
  const sharp = Array.from({ length: 250 }, (_, place) => (place % 10 === 9 ? 1e6 : place % 3));
  for (const window of [2, 30, 200, 201, 10_000]) {
    const first = verdictsOf(sharp, new SeriesDetector({ window, limits: 'textbook' })).findIndex(
      ({ score }) => score > 0,
    );
    expect(first).toBeGreaterThanOrEqual(Math.min(window, 200));
    expect(first).toBeLessThan(Math.min(window, 200) + 12);
  }
});

describe('what a user sees', () => {
  const calm = Array.from({ length: 1000 }, (_, place) => 10 + Math.sin(place) + Math.sin(place * 1.7));

  test.each(LIMITS)('a jump is anomalous, and alerted once, with %s limits', (limits) => {
    const jumped = [...calm, ...Array.from({ length: 20 }, () => 30)];
    const verdicts = verdictsOf(jumped, new SeriesDetector({ window: 200, limits }));
    expect(verdicts[1000]).toMatchObject({ anomaly: true, alert: true });
    expect(verdicts.slice(1001).some(({ anomaly }) => anomaly)).toBe(true);
    expect(verdicts.slice(1001).some(({ alert }) => alert)).toBe(false);
  });

  test('a spike is anomalous', () => {
    const verdicts = verdictsOf([...calm, 30, ...calm], new SeriesDetector({ window: 200 }));
    expect(verdicts[1000]?.anomaly).toBe(true);
    expect(verdicts[1500]?.anomaly).toBe(false);
  });

  test('a series that stays flat is not, and its first change is', () => {
    const flat = Array.from({ length: 300 }, () => 0.1);
    const verdicts = verdictsOf([...flat, 0.2], new SeriesDetector({ window: 50 }));
    expect(verdicts.findIndex(({ anomaly }) => anomaly)).toBe(300);
  });

  test('a series that turns rough where it is, is', () => {
    const rough = calm.map((value, place) => 10 + (value - 10) * 4 * (place % 2 === 0 ? 1 : -1)).slice(0, 60);
    const verdicts = verdictsOf([...calm, ...rough], new SeriesDetector({ window: 500 }));
    expect(verdicts.slice(0, 1000).filter(({ anomaly }) => anomaly).length).toBeLessThan(10);
    expect(verdicts.slice(1000).some(({ alert }) => alert)).toBe(true);
  });

  test('a wave is not, once it is known', () => {
    const wave = Array.from({ length: 6000 }, (_, place) => Math.sin(place / 20));
    const verdicts = verdictsOf(wave, new SeriesDetector({ window: 100 }));
    expect(verdicts.slice(3000).some(({ anomaly }) => anomaly)).toBe(false);
  });

  test('what comes again and again becomes usual', () => {
    const repeated = Array.from({ length: 20_000 }, (_, place) => (place % 60 === 0 ? 9 : 1 + (place % 7) / 10));
    const verdicts = verdictsOf(repeated, new SeriesDetector({ window: 100 }));
    const alertsIn = (start: number) => verdicts.slice(start, start + 5000).filter(({ alert }) => alert).length;
    expect(alertsIn(0)).toBeGreaterThan(0);
    expect(alertsIn(15_000)).toBe(0);
  });
});

test.each([1, 0, 2.5, 10_001, NaN])('fails for a window of %d', (window) => {
  expect(() => new SeriesDetector({ window })).toThrow(
    `the window must be an integer from 2 to 10,000 (given ${window})`,
  );
});

function verdictsOf(values: readonly number[], detector: SeriesDetector): Verdict[] {
  return values.map((value) => {
    const verdict = detector.score(value);
    detector.learn(value, verdict);
    return verdict;
  });
}
