import { describe, expect, test } from 'vitest';
import { averagePrecision, flagAbove, flagShare, rocAuc } from '../../../lib/core/quality/measures.ts';
import { rankOutcomes } from '../../../lib/core/quality/rank-outcomes.ts';

describe('the quality of a ranking', () => {
  const ranking = rankOutcomes([0.1, 0.4, 0.35, 0.8], [false, false, true, true]);

  test('is what scikit-learn says of its own example', () => {
    expect(rocAuc(ranking)).toBe(0.75);
    expect(averagePrecision(ranking)).toBeCloseTo(0.8333333333333333, 15);
  });

  test('counts what is flagged', () => {
    expect(flagShare(ranking, 0.5)).toEqual({ flagged: 2, found: 1, precision: 0.5, recall: 0.5 });
    expect(flagAbove(ranking, 0.35)).toEqual({ flagged: 2, found: 1, precision: 0.5, recall: 0.5 });
  });

  test('of rows that tie at the border, flags each with the same probability', () => {
    const tied = rankOutcomes([1, 0, 0, 0, 0], [false, true, false, false, false]);
    expect(flagShare(tied, 0.6)).toEqual({ flagged: 3, found: 0.5, precision: 0.5 / 3, recall: 0.5 });
  });

  test('is unknown without anomalies, without other rows, and without flags', () => {
    const normal = rankOutcomes([1, 2], [false, false]);
    expect([rocAuc(normal), averagePrecision(normal), flagShare(normal, 0.5).recall]).toEqual([NaN, NaN, NaN]);
    expect(rocAuc(rankOutcomes([1, 2], [true, true]))).toBeNaN();
    expect(flagShare(ranking, 0).precision).toBeNaN();
    expect(rocAuc(rankOutcomes([], []))).toBeNaN();
  });

  test.each([
    [() => rankOutcomes([1, 2], [true]), 'there must be as many labels as scores (given 1 and 2)'],
    [() => rankOutcomes([1, NaN], [true, false]), 'a score must be a number (given NaN)'],
    [() => flagShare(ranking, 1.5), 'a share must be from 0 to 1 (given 1.5)'],
    [() => flagShare(ranking, NaN), 'a share must be from 0 to 1 (given NaN)'],
  ])('fails if asked for nonsense', (ask, message) => {
    expect(ask).toThrow(new RangeError(message));
  });
});
