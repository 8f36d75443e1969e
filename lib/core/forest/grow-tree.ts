import { heightLimit } from './path-length.ts';
import type { Random } from './random.ts';
import { TreeBuilder } from './tree-builder.ts';
import type { Tree } from './tree.ts';

/**
 * Grows an isolation tree, of at most ceil(log2(n)) steps, from n points of `columns` finite numbers each, row-major.
 * Source: Liu, Ting & Zhou, "Isolation Forest", ICDM 2008, algorithm 2.
 */
export function growTree(sample: Float64Array, columns: number, random: Random): Tree {
  return new TreeGrower(sample, columns, random).grow();
}

/** The points of a node, which stand together. */
interface Branch {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** So many columns, the first of the order, may still differ among the points. */
  readonly choices: number;
}

class TreeGrower {
  readonly #sample: Float64Array;
  readonly #columns: number;
  readonly #random: Random;
  readonly #builder: TreeBuilder;
  readonly #heightLimit: number;
  readonly #points: Uint16Array;
  readonly #order: Uint16Array;
  /** The values of the column that was looked at last, in the order of the points. */
  readonly #values: Float64Array;
  /** Its lowest and its highest value. */
  readonly #range = new Float64Array(2);

  constructor(sample: Float64Array, columns: number, random: Random) {
    const size = sample.length / columns;
    this.#sample = sample;
    this.#columns = columns;
    this.#random = random;
    this.#builder = new TreeBuilder(size);
    this.#heightLimit = heightLimit(size);
    this.#points = countUp(size);
    this.#order = countUp(columns);
    this.#values = new Float64Array(size);
  }

  grow(): Tree {
    this.#growNode(0, { start: 0, end: this.#points.length, depth: 0, choices: this.#columns });
    return this.#builder.finish();
  }

  #growNode(node: number, { start, end, depth, choices }: Branch): void {
    const left = depth < this.#heightLimit && end - start > 1 ? this.#chooseColumn(start, end, choices) : 0;
    if (left === 0) return this.#builder.addLeaf(node, depth, end - start);
    const split = this.#drawSplit();
    const child = this.#builder.addFork(node, this.#order[left - 1]!, split);
    const middle = this.#divide(start, end, split);
    this.#growNode(child, { start, end: middle, depth: depth + 1, choices: left });
    this.#growNode(child + 1, { start: middle, end, depth: depth + 1, choices: left });
  }

  /**
   * Draws columns until one differs among the points, and moves it behind the other choices; gives back how many are left
   * with it, 0 if all are constant. What is constant here is so further down, too: it is no choice there.
   */
  #chooseColumn(start: number, end: number, choices: number): number {
    const order = this.#order;
    for (let left = choices; left > 0; left--) {
      const drawn = this.#random.below(left);
      const column = order[drawn]!;
      order[drawn] = order[left - 1]!;
      order[left - 1] = column;
      this.#readColumn(start, end, column);
      if (this.#range[0]! < this.#range[1]!) return left;
    }
    return 0;
  }

  #readColumn(start: number, end: number, column: number): void {
    const [sample, points, values, columns] = [this.#sample, this.#points, this.#values, this.#columns];
    let lowest = Infinity;
    let highest = -Infinity;
    for (let at = start; at < end; at++) {
      const value = sample[points[at]! * columns + column]!;
      values[at] = value;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    this.#range[0] = lowest;
    this.#range[1] = highest;
  }

  /** Evenly from the lowest value to below the highest, so that neither side is empty. */
  #drawSplit(): number {
    const lowest = this.#range[0]!;
    const highest = this.#range[1]!;
    const share = this.#random.unit();
    // Not lowest + share * (highest - lowest): the difference of two finite numbers may be infinite.
    const split = lowest * (1 - share) + highest * share;
    return split >= lowest && split < highest ? split : lowest;
  }

  /** Moves the points of values up to the split ahead of the others; gives back where the others start. */
  #divide(start: number, end: number, split: number): number {
    const [points, values] = [this.#points, this.#values];
    let middle = start;
    for (let at = start; at < end; at++) {
      if (values[at]! > split) continue;
      const point = points[at]!;
      points[at] = points[middle]!;
      points[middle++] = point;
    }
    return middle;
  }
}

function countUp(length: number): Uint16Array {
  const numbers = new Uint16Array(length);
  for (let number = 0; number < length; number++) numbers[number] = number;
  return numbers;
}
