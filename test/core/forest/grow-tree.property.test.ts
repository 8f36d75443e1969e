import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growTree } from '../../../lib/core/forest/grow-tree.ts';
import { heightLimit, meanPathLength } from '../../../lib/core/forest/path-length.ts';
import { Random } from '../../../lib/core/forest/random.ts';
import { childOf, columnOf, pathLength, type Tree } from '../../../lib/core/forest/tree.ts';
import { seeded } from '../../seeded.ts';
import { arbitraryRows, arbitrarySeed, type Rows } from './arbitrary-rows.ts';

type Point = readonly number[];

function pointsOf({ columns, rows }: Rows): Point[] {
  return Array.from({ length: rows.length / columns }, (_, at) => [...rows.subarray(at * columns, (at + 1) * columns)]);
}

/** Walks down with the points of the sample, and looks at each node for what a tree promises. */
function faultsOf(tree: Tree, points: readonly Point[], { node, depth }: { node: number; depth: number }): string[] {
  const [link, split] = [tree.links[node]!, tree.splits[node]!];
  if (tree.leafSizes[node] !== 0) return leafFaultsOf(tree, points, { node, depth });
  const isLeft = (point: Point): boolean => point[columnOf(link)]! <= split;
  const sides = [points.filter(isLeft), points.filter((point) => !isLeft(point))];
  if (sides.some((side) => side.length === 0)) return [`node ${node} parts nothing`];
  return sides.flatMap((side, at) => faultsOf(tree, side, { node: childOf(link) + at, depth: depth + 1 }));
}

function leafFaultsOf(
  tree: Tree,
  points: readonly Point[],
  { node, depth }: { node: number; depth: number },
): string[] {
  const isConstant = points.every((point) => point.every((value, column) => value === points[0]![column]));
  const promises: Record<string, boolean> = {
    size: tree.leafSizes[node] === points.length,
    length: tree.pathLengths[node] === depth + meanPathLength(points.length),
    end: isConstant || depth === heightLimit(tree.sampleSize),
    rest: childOf(tree.links[node]!) === node && tree.splits[node] === Infinity,
  };
  return Object.keys(promises).filter((name) => !promises[name]);
}

describe('an isolation tree', () => {
  test('splits until points stand alone or are equal, or the tree is as high as it may be', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitrarySeed, (sample, seed) => {
        const tree = growTree(sample.rows, sample.columns, new Random(seed));
        expect(tree.height).toBeLessThanOrEqual(heightLimit(tree.sampleSize));
        expect(faultsOf(tree, pointsOf(sample), { node: 0, depth: 0 })).toEqual([]);
      }),
      seeded(300),
    );
  });

  test('tells the length of any row’s path', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitrarySeed, (sample, seed) => {
        const tree = growTree(sample.rows, sample.columns, new Random(seed));
        for (const [at, point] of pointsOf(sample).entries()) {
          let node = 0;
          while (tree.leafSizes[node] === 0) {
            const link = tree.links[node]!;
            node = point[columnOf(link)]! > tree.splits[node]! ? childOf(link) + 1 : childOf(link);
          }
          expect(pathLength(tree, sample.rows, at * sample.columns)).toBe(tree.pathLengths[node]);
          expect(pathLength(tree, Float64Array.from(point))).toBe(tree.pathLengths[node]);
        }
      }),
      seeded(200),
    );
  });

  test('looks on when it meets a constant column', () => {
    const columns = 50;
    const sample = new Float64Array(4 * columns);
    for (const point of [0, 1, 2, 3]) sample[point * columns + 17] = point;
    for (let seed = 0; seed < 20; seed++) {
      const tree = growTree(sample, columns, new Random(seed));
      expect(tree.leafSizes.length).toBeGreaterThan(1);
      expect(tree.links.filter((_, node) => tree.leafSizes[node] === 0).map(columnOf)).toEqual(
        tree.links.filter((_, node) => tree.leafSizes[node] === 0).map(() => 17),
      );
    }
  });

  test('splits evenly over the range, and each column as often as the others', () => {
    const random = new Random(3);
    const columnCounts = [0, 0, 0, 0];
    const shares: number[] = [];
    for (let round = 0; round < 4_000; round++) {
      // The third column is constant.
      const tree = growTree(Float64Array.of(0, 0, 5, 0, 1, 1, 5, 1), 4, random);
      columnCounts[columnOf(tree.links[0]!)]! += 1;
      shares.push(tree.splits[0]!);
    }
    expect(columnCounts[2]).toBe(0);
    for (const column of [0, 1, 3]) expect(Math.abs(columnCounts[column]! - 4_000 / 3)).toBeLessThan(150);
    for (const share of [0.25, 0.5, 0.75]) {
      expect(Math.abs(shares.filter((split) => split < share).length / 4_000 - share)).toBeLessThan(0.04);
    }
  });
});
