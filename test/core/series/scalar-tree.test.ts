import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../lib/core/forest/random.ts';
import { ScalarTree } from '../../../lib/core/series/scalar-tree.ts';
import { seeded } from '../../seeded.ts';

test('counts the cuts that isolate a value', () => {
  const tree = grownFrom([0, 1]);
  expect(tree.pathLength(0)).toBe(1);
  expect(tree.pathLength(1)).toBe(1);
  // Between the two a second cut is needed.
  expect(tree.pathLength(0.5)).toBe(2);
  // The first cut falls into the gap with a probability of one half, and else the second one does.
  expect(tree.pathLength(2)).toBe(1.5);
  expect(tree.pathLength(-3)).toBe(1.25);
  expect(tree.pathLength(1e9)).toBeCloseTo(1, 6);
});

test('adds the mean path of what was not grown', () => {
  // Equal values: c(4) of the paper is 2 (ln 3 + 0.5772…) - 1.5.
  expect(grownFrom([7, 7, 7, 7]).pathLength(7)).toBeCloseTo(1.851_66, 5);
  expect(grownFrom([7, 7, 7, 7]).pathLength(8)).toBe(1);
});

test('judges a value outside as trees do that have it in their sample', () => {
  const inside = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(inside, fc.constantFrom(104, 130, 400, -20), (values, outside) => {
      const without = meanPath(values, outside);
      const within = meanPath([...values, outside], outside);
      expect(Math.abs(without - within)).toBeLessThan(0.2);
    }),
    seeded(20),
  );
});

test('needs fewer cuts the farther a value is outside', () => {
  const inside = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 64 });
  fc.assert(
    fc.property(inside, fc.double({ min: 51, max: 1e6, noNaN: true }), (values, outside) => {
      const tree = grownFrom(values);
      expect(tree.pathLength(outside * 1.5)).toBeLessThanOrEqual(tree.pathLength(outside) + 1e-9);
      expect(tree.pathLength(outside)).toBeGreaterThanOrEqual(1);
    }),
    seeded(100),
  );
});

function grownFrom(values: readonly number[], random = new Random(1)): ScalarTree {
  const tree = new ScalarTree(64);
  tree.grow(Float64Array.from(values).toSorted(), random);
  return tree;
}

function meanPath(values: readonly number[], value: number): number {
  const random = new Random(5);
  const trees = Array.from({ length: 2000 }, () => grownFrom(values, random));
  return trees.reduce((sum, tree) => sum + tree.pathLength(value), 0) / trees.length;
}
