import { describe, expect, test } from 'vitest';
import { contaminationThreshold } from '../../../lib/core/forest/contamination-threshold.ts';
import { crc32 } from '../../../lib/core/forest/crc32.ts';
import { IsolationForest } from '../../../lib/core/forest/isolation-forest.ts';
import { Random } from '../../../lib/core/forest/random.ts';
import { rocAuc } from '../../../lib/core/quality/measures.ts';
import { rankOutcomes } from '../../../lib/core/quality/rank-outcomes.ts';
import { seeds } from '../../seeded.ts';

/** scikit-learn's own test. */
const TOY = Float64Array.of(-2, -1, -1, -1, -1, -2, 1, 1, 1, 2, 2, 1, 7, 4, -5, 9);

describe('an isolation forest', () => {
  test.each(seeds(10))('flags the two points of eight that lie apart: seed %d', (seed) => {
    const scores = IsolationForest.fit(TOY, { columns: 2, seed }).scoreAll(TOY);
    const threshold = contaminationThreshold(scores, 0.25);
    expect([...scores].map((score) => score > threshold)).toEqual([...Array<boolean>(6).fill(false), true, true]);
  });

  test.each(seeds(3))('tells two clouds from the noise between them: seed %d', (seed) => {
    const random = new Random(seed);
    const forest = IsolationForest.fit(clouds(random, 1_000), { columns: 2, sampleSize: 100, seed });
    const noise = Float64Array.from({ length: 2 * 200 }, () => random.unit() * 2 - 1);
    const scores = [...forest.scoreAll(clouds(random, 200)), ...forest.scoreAll(noise)];
    const isNoise = scores.map((_, row) => row >= 200);
    expect(rocAuc(rankOutcomes(scores, isNoise))).toBeGreaterThan(0.98);
  });

  test('is the same on every platform', () => {
    const forest = IsolationForest.fit(TOY, { columns: 2, seed: 42 });
    expect(crc32(forest.save()).toString(16)).toBe('2144df1c');
    expect([...forest.scoreAll(TOY)]).toEqual([
      0.4437338420402809, 0.40679000201002785, 0.4889441002667397, 0.4051085367718857, 0.43360482383374793,
      0.4380512027514781, 0.6076698052910815, 0.6614774716326948,
    ]);
  });

  test('scores a half where all rows are the same', () => {
    const rows = new Float64Array(30).fill(3);
    const forest = IsolationForest.fit(rows, { columns: 3, seed: 1 });
    for (const score of forest.scoreAll(rows)) expect(score).toBeCloseTo(0.5, 14);
    expect(IsolationForest.fit(Float64Array.of(1, 2), { columns: 2, seed: 1 }).score(Float64Array.of(9, 9))).toBe(0.5);
  });

  test.each([
    [{ columns: 0 }, 'the columns of a forest must be an integer from 1 to 1024 (given 0)'],
    [{ columns: 1_025 }, 'the columns of a forest must be an integer from 1 to 1024 (given 1025)'],
    [{ trees: 501 }, 'the trees of a forest must be an integer from 1 to 500 (given 501)'],
    [{ trees: 1.5 }, 'the trees of a forest must be an integer from 1 to 500 (given 1.5)'],
    [{ sampleSize: 4_097 }, 'the sampled rows of a tree must be an integer from 1 to 4096 (given 4097)'],
    [{ seed: 0.5 }, 'a seed must be a safe integer (given 0.5)'],
    [{ columns: 3 }, 'rows must be at least one, of 3 numbers each (given 16 numbers)'],
  ])('fails if fitted with %j', (options, message) => {
    expect(() => IsolationForest.fit(TOY, { columns: 2, seed: 1, ...options })).toThrow(new RangeError(message));
  });

  test.each([
    [[], 'rows must be at least one, of 2 numbers each (given 0 numbers)'],
    [[1, 2, 3, NaN], 'rows must be finite numbers (given NaN in row 1, column 1)'],
    [[1, 2, -Infinity, 4], 'rows must be finite numbers (given -Infinity in row 1, column 0)'],
  ])('fails if fitted to %j', (rows, message) => {
    expect(() => IsolationForest.fit(Float64Array.from(rows), { columns: 2, seed: 1 })).toThrow(
      new RangeError(message),
    );
  });

  test.each([
    [[1, 2], 1, 'a row must be one of 1 (given 1)'],
    [[1, 2, 3], 1, 'a row must be one of 1 (given 1)'],
    [[1, 2], -1, 'a row must be one of 1 (given -1)'],
    [[1, 2, 3, 4], 0.5, 'a row must be one of 2 (given 0.5)'],
    [[1, 2, 3, NaN], 1, 'rows must be numbers (given NaN in row 1, column 1)'],
  ])('fails if asked about %j, row %d', (rows, row, message) => {
    const forest = IsolationForest.fit(TOY, { columns: 2, seed: 1 });
    expect(() => forest.score(Float64Array.from(rows), row)).toThrow(new RangeError(message));
  });

  test('fails if asked about rows of another width', () => {
    const forest = IsolationForest.fit(TOY, { columns: 2, seed: 1 });
    expect(() => forest.scoreAll(Float64Array.of(1, 2, 3))).toThrow(
      new RangeError('rows must be whole, of 2 numbers each (given 3 numbers)'),
    );
    expect(forest.scoreAll(new Float64Array())).toEqual(new Float64Array());
  });
});

/** As in scikit-learn's test: two normal clouds around (2, 2) and (-2, -2), a standard deviation of 0.3 wide. */
function clouds(random: Random, points: number): Float64Array {
  return Float64Array.from({ length: 2 * points }, (_, at) => {
    const centre = Math.floor(at / 2) % 2 === 0 ? 2 : -2;
    // The sum of twelve even numbers is nearly normal, with variance 1.
    const normal = Array.from({ length: 12 }, () => random.unit()).reduce((sum, number) => sum + number, -6);
    return centre + 0.3 * normal;
  });
}
