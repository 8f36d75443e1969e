import { describe, expect, test } from 'vitest';
import { contaminationThreshold } from '../../../lib/core/forest/contamination-threshold.ts';

describe('the contamination threshold', () => {
  // numpy.percentile(scores, 100 * (1 - contamination)).
  test.each([
    [[4, 1, 3, 2], 0.25, 3.25],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0.25, 4],
    [[1, 2, 3, 4, 5], 0.05, 4.8],
    [[7], 0.05, 7],
  ])('of %j at %d is the quantile of numpy', (scores, contamination, threshold) => {
    expect(contaminationThreshold(Float64Array.from(scores), contamination)).toBeCloseTo(threshold, 12);
  });

  test('flags no more than the share, also where scores tie', () => {
    const scores = Float64Array.of(1, 1, 2, 2, 2, 2, 2, 2, 2, 3);
    expect(contaminationThreshold(scores, 0.1)).toBeCloseTo(2.1, 12);
    expect(contaminationThreshold(scores, 0.2)).toBe(2);
  });

  test('leaves the scores as they are', () => {
    const scores = Float64Array.of(3, 1, 2);
    contaminationThreshold(scores, 0.5);
    expect(scores).toEqual(Float64Array.of(3, 1, 2));
  });

  test.each([0, -0.1, 0.51, NaN])('fails for a contamination of %d', (contamination) => {
    const message = `the contamination must be above 0 and at most 0.5 (given ${contamination})`;
    expect(() => contaminationThreshold(Float64Array.of(1), contamination)).toThrow(new RangeError(message));
  });

  test('fails without scores', () => {
    expect(() => contaminationThreshold(new Float64Array(), 0.1)).toThrow(
      new RangeError('a threshold needs at least one score (given none)'),
    );
  });
});
