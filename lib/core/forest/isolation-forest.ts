import { drawSample } from './draw-sample.ts';
import { checkOptions, checkRows, type ForestOptions } from './forest-options.ts';
import { growTree } from './grow-tree.ts';
import { anomalyScore } from './path-length.ts';
import { Random } from './random.ts';
import { decodeForest, encodeForest } from './forest-codec.ts';
import { pathLength, type Tree } from './tree.ts';

/**
 * Tells how easily a row is set apart from the others by random splits: Liu, Ting & Zhou, "Isolation Forest", ICDM 2008.
 * The same rows, options and seed give the same forest, and the same scores, bit for bit on every platform: it is all sums,
 * products, quotients and comparisons of doubles in a fixed order.
 */
export class IsolationForest {
  readonly columns: number;
  readonly sampleSize: number;
  readonly trees: readonly Tree[];

  private constructor(columns: number, trees: readonly Tree[]) {
    this.columns = columns;
    this.trees = trees;
    this.sampleSize = trees[0]?.sampleSize ?? 0;
  }

  /**
   * @param rows Row-major, n x columns, finite.
   * @throws RangeError for no rows, for numbers that are not finite, and for options out of range.
   */
  static fit(rows: Float64Array, options: ForestOptions): IsolationForest {
    const { columns, trees, sampleSize, seed } = checkOptions(options);
    checkRows(rows, columns);
    const random = new Random(seed);
    const order = Int32Array.from({ length: rows.length / columns }, (_, row) => row);
    const size = Math.min(sampleSize, order.length);
    const sample = new Float64Array(size * columns);
    const grown = Array.from({ length: trees }, () => {
      drawSample({ rows, columns, order, random }, sample);
      return growTree(sample, columns, random);
    });
    return new IsolationForest(columns, grown);
  }

  /** @throws UnreadableStateError for bytes that are damaged, cut off, or of another format. */
  static restore(bytes: Uint8Array): IsolationForest {
    const { columns, trees } = decodeForest(bytes);
    return new IsolationForest(columns, trees);
  }

  save(): Uint8Array {
    return encodeForest(this);
  }

  /**
   * How anomalous a row is, above 0 and below 1: about 0.5 where nothing stands out, towards 1 the easier it is set apart.
   * @param row The index of the row in `rows`, by default the only one.
   */
  score(rows: Float64Array, row = 0): number {
    const offset = row * this.columns;
    let sum = 0;
    for (const tree of this.trees) sum += pathLength(tree, rows, offset);
    return anomalyScore(sum / this.trees.length, this.sampleSize);
  }

  scoreAll(rows: Float64Array): Float64Array {
    return Float64Array.from({ length: rows.length / this.columns }, (_, row) => this.score(rows, row));
  }
}
