import { meanPathLength } from './path-length.ts';
import type { Random } from './random.ts';
import type { Tree } from './tree.ts';

/** Grows an isolation tree, of at most ceil(log2(n)) steps, from n points of `columns` finite numbers each, row-major. */
export function growTree(sample: Float64Array, columns: number, random: Random): Tree {
  return new TreeGrower(sample, columns, random).grow();
}

class TreeGrower {
  readonly #sample: Float64Array;
  readonly #columnCount: number;
  readonly #random: Random;
  readonly #heightLimit: number;
  /** The points, ordered such that those of a node stand together. */
  readonly #points: Int32Array;
  /** All columns; ahead of the first `choices` of a node stand those that may still differ within it. */
  readonly #order: Uint16Array;
  readonly #columns: Uint16Array;
  readonly #splits: Float64Array;
  readonly #children: Int32Array;
  readonly #pathLengths: Float64Array;
  #nodes = 1;
  #height = 0;
  #lowest = 0;
  #highest = 0;

  constructor(sample: Float64Array, columns: number, random: Random) {
    const size = sample.length / columns;
    this.#sample = sample;
    this.#columnCount = columns;
    this.#random = random;
    this.#heightLimit = heightLimit(size);
    this.#points = Int32Array.from({ length: size }, (_, point) => point);
    this.#order = Uint16Array.from({ length: columns }, (_, column) => column);
    const most = 2 * size - 1;
    this.#columns = new Uint16Array(most);
    this.#splits = new Float64Array(most);
    this.#children = new Int32Array(most);
    this.#pathLengths = new Float64Array(most);
  }

  grow(): Tree {
    const sampleSize = this.#points.length;
    this.#growNode(0, { start: 0, end: sampleSize, depth: 0, choices: this.#columnCount });
    return {
      height: this.#height,
      sampleSize,
      columns: this.#columns.slice(0, this.#nodes),
      splits: this.#splits.slice(0, this.#nodes),
      children: this.#children.slice(0, this.#nodes),
      pathLengths: this.#pathLengths.slice(0, this.#nodes),
    };
  }

  #growNode(node: number, { start, end, depth, choices }: Branch): void {
    const left = depth < this.#heightLimit && end - start > 1 ? this.#chooseColumn(start, end, choices) : 0;
    if (left === 0) return this.#makeLeaf(node, end - start, depth);
    const column = this.#order[left - 1]!;
    const split = this.#drawSplit();
    const middle = this.#divide({ start, end, column, split });
    const children = this.#nodes;
    this.#nodes += 2;
    this.#columns[node] = column;
    this.#splits[node] = split;
    this.#children[node] = children;
    this.#growNode(children, { start, end: middle, depth: depth + 1, choices: left });
    this.#growNode(children + 1, { start: middle, end, depth: depth + 1, choices: left });
  }

  #makeLeaf(node: number, size: number, depth: number): void {
    this.#splits[node] = Infinity;
    this.#children[node] = node;
    this.#pathLengths[node] = depth + meanPathLength(size);
    this.#height = Math.max(this.#height, depth);
  }

  /**
   * Draws columns until one differs among the points, sets its range aside, and moves it to the end of the choices; gives
   * back how many are left with it, 0 if all are constant. A column that is constant here is so further down too.
   */
  #chooseColumn(start: number, end: number, choices: number): number {
    for (let left = choices; left > 0; left--) {
      const drawn = this.#random.below(left);
      const column = this.#order[drawn]!;
      this.#order[drawn] = this.#order[left - 1]!;
      this.#order[left - 1] = column;
      this.#findRange(start, end, column);
      if (this.#lowest < this.#highest) return left;
    }
    return 0;
  }

  #findRange(start: number, end: number, column: number): void {
    let lowest = Infinity;
    let highest = -Infinity;
    for (let at = start; at < end; at++) {
      const value = this.#sample[this.#points[at]! * this.#columnCount + column]!;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    this.#lowest = lowest;
    this.#highest = highest;
  }

  /** Evenly from the lowest value to below the highest, so that neither side is empty. */
  #drawSplit(): number {
    const share = this.#random.unit();
    // Not low + share * (high - low): the difference of two finite numbers may be infinite.
    const split = this.#lowest * (1 - share) + this.#highest * share;
    return split >= this.#lowest && split < this.#highest ? split : this.#lowest;
  }

  /** Moves the points that go left ahead of the others; gives back where the others start. */
  #divide({ start, end, column, split }: Division): number {
    let middle = start;
    for (let at = start; at < end; at++) {
      const point = this.#points[at]!;
      if (this.#sample[point * this.#columnCount + column]! > split) continue;
      this.#points[at] = this.#points[middle]!;
      this.#points[middle++] = point;
    }
    return middle;
  }
}

interface Branch {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly choices: number;
}

interface Division {
  readonly start: number;
  readonly end: number;
  readonly column: number;
  readonly split: number;
}

/** The height of a balanced tree of so many points: longer paths are not worth telling apart. */
export function heightLimit(points: number): number {
  return points <= 1 ? 0 : 32 - Math.clz32(points - 1);
}
