import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ForestOptions } from '../../../lib/core/forest/forest-options.ts';
import { IsolationForest } from '../../../lib/core/forest/isolation-forest.ts';
import { anomalyScore } from '../../../lib/core/forest/path-length.ts';
import { pathLength } from '../../../lib/core/forest/tree.ts';
import { seeded } from '../../seeded.ts';
import { arbitraryRows, arbitrarySeed, type Rows } from './arbitrary-rows.ts';

const options = fc.record({
  trees: fc.integer({ min: 1, max: 9 }),
  sampleSize: fc.integer({ min: 1, max: 40 }),
  seed: arbitrarySeed,
});

function checkForests(
  predicate: (rows: Rows, fit: () => IsolationForest, options: Required<ForestOptions>) => void,
): void {
  fc.assert(
    fc.property(arbitraryRows, options, (sample, options) => {
      const all = { ...options, columns: sample.columns };
      predicate(sample, () => IsolationForest.fit(sample.rows, all), all);
    }),
    seeded(200),
  );
}

describe('an isolation forest', () => {
  test('is the same from the same seed', () => {
    checkForests((_, fit) => {
      expect(fit().save()).toEqual(fit().save());
    });
  });

  test('gives scores above 0 and below 1, in the order of the rows, the same by one and all at once', () => {
    checkForests(({ columns, rows }, fit) => {
      const forest = fit();
      const scores = forest.scoreAll(rows);
      expect(scores.length).toBe(rows.length / columns);
      expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
      const alone = Float64Array.from(scores, (_, row) => forest.score(rows.slice(row * columns, (row + 1) * columns)));
      expect(alone).toEqual(scores);
      expect(Float64Array.from(scores, (_, row) => forest.score(rows, row))).toEqual(scores);
    });
  });

  test('scores by the mean of the paths through its trees', () => {
    checkForests(({ columns, rows }, fit, { trees, sampleSize }) => {
      const forest = fit();
      expect(forest.trees.length).toBe(trees);
      expect(forest.sampleSize).toBe(Math.min(sampleSize, rows.length / columns));
      const sum = forest.trees.reduce((sum, tree) => sum + pathLength(tree, rows), 0);
      expect(forest.score(rows)).toBe(anomalyScore(sum / trees, forest.sampleSize));
    });
  });

  test('comes back from its bytes bit for bit', () => {
    checkForests(({ rows }, fit) => {
      const forest = fit();
      const restored = IsolationForest.restore(forest.save());
      expect(restored).toEqual(forest);
      expect(restored.save()).toEqual(forest.save());
      expect(restored.scoreAll(rows)).toEqual(forest.scoreAll(rows));
    });
  });

  test('grows each tree from rows drawn without replacement, each as often as the others', () => {
    const rows = Float64Array.from({ length: 20 }, (_, row) => row);
    const { trees } = IsolationForest.fit(rows, { columns: 1, trees: 500, sampleSize: 5, seed: 4 });
    // Of five different values a leaf holds one, unless the tree ends above them: never more than the sample.
    for (const tree of trees) expect(tree.leafSizes.reduce((sum, size) => sum + size, 0)).toBe(5);
    const scores = IsolationForest.fit(rows, { columns: 1, trees: 500, sampleSize: 5, seed: 4 }).scoreAll(rows);
    for (let row = 0; row < 10; row++) expect(scores[row]).toBeCloseTo(scores[19 - row]!, 1);
  });

  test('takes infinite values for values beyond all others', () => {
    checkForests(({ columns, rows }, fit) => {
      const forest = fit();
      const [infinite, huge] = [Infinity, Number.MAX_VALUE].map((value) => new Float64Array(columns).fill(value));
      expect(forest.score(infinite!)).toBe(forest.score(huge!));
      const lowest = rows.subarray(0, columns).map(() => -Infinity);
      expect(forest.score(lowest)).toBeGreaterThan(0);
    });
  });
});
