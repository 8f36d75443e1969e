import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logarithm, powerOfTwo } from '../../../lib/core/forest/exact-powers.ts';
import { anomalyScore, heightLimit, meanPathLength } from '../../../lib/core/forest/path-length.ts';
import { seeded } from '../../seeded.ts';

/** In units of the last place. */
function ulpsBetween(one: number, other: number): number {
  return one === other ? 0 : Math.abs(one - other) / (Math.abs(other) * Number.EPSILON);
}

describe('the mean path length', () => {
  // What scikit-learn's _average_path_length gives.
  test.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1.207392357589623],
    [5, 2.327020052042847],
    [10, 3.748880484475505],
    [100, 8.364671030072245],
    [256, 10.244770920119917],
    [999, 12.967939884427995],
  ])('of %d points is scikit-learn’s', (points, wanted) => {
    expect(ulpsBetween(meanPathLength(points), wanted)).toBeLessThanOrEqual(4);
  });
});

describe('the height limit', () => {
  test.each([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [255, 8],
    [256, 8],
    [257, 9],
    [4_096, 12],
  ])('of %d points is the binary logarithm, rounded up: %d', (points, limit) => {
    expect(heightLimit(points)).toBe(limit);
  });
});

describe('the score of a path', () => {
  test('is a half at the mean length, and one for no path at all', () => {
    expect(anomalyScore(meanPathLength(256), 256)).toBe(0.5);
    expect(anomalyScore(2 * meanPathLength(256), 256)).toBe(0.25);
    expect(anomalyScore(0, 256)).toBe(1);
  });

  test('is a half if one point is all that is known', () => {
    expect(anomalyScore(0, 1)).toBe(0.5);
  });
});

describe('sums and products in place of Math', () => {
  test('give the logarithm within four units of the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), (number) => {
        expect(Math.abs(logarithm(number) - Math.log(number))).toBeLessThanOrEqual(
          4 * Number.EPSILON * Math.max(1, Math.log(number)),
        );
      }),
      seeded(1_000),
    );
  });

  test('give powers of two within four units of the last place, whole ones exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 0, noNaN: true }), (exponent) => {
        expect(ulpsBetween(powerOfTwo(exponent), 2 ** exponent)).toBeLessThanOrEqual(4);
        expect(powerOfTwo(Math.round(exponent))).toBe(2 ** Math.round(exponent));
      }),
      seeded(1_000),
    );
  });
});
