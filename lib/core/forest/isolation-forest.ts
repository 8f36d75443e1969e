import { drawSample } from './draw-sample.ts';
import { checkOptions, checkRow, checkRows, checkWidth, type ForestOptions } from './forest-options.ts';
import { growTree } from './grow-tree.ts';
import { anomalyScore } from './path-length.ts';
import { Random } from './random.ts';
import { decodeForest, encodeForest, type SavedForest } from './forest-codec.ts';
import { packTrees } from './pack-trees.ts';
import { sumPathLengths, type PackedTrees, type Tree } from './tree.ts';

/**
 * Tells how easily a row is set apart from the others by random splits: Liu, Ting & Zhou, "Isolation Forest", ICDM 2008.
 * The same rows, options and seed give the same forest, and the same scores, bit for bit on every platform: it is all sums,
 * products, quotients and comparisons of doubles in a fixed order.
 */
export class IsolationForest {
  readonly columns: number;
  readonly sampleSize: number;
  readonly trees: readonly Tree[];
  readonly #packed: PackedTrees;

  private constructor({ columns, sampleSize, trees }: SavedForest) {
    this.columns = columns;
    this.trees = trees;
    this.sampleSize = sampleSize;
    this.#packed = packTrees(trees);
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
    return new IsolationForest({ columns, sampleSize: size, trees: grown });
  }

  /** @throws UnreadableStateError for bytes that are damaged, cut off, or of another format. */
  static restore(bytes: Uint8Array): IsolationForest {
    return new IsolationForest(decodeForest(bytes));
  }

  save(): Uint8Array {
    return encodeForest(this);
  }

  /**
   * How anomalous a row is, above 0 and below 1: about 0.5 where nothing stands out, towards 1 the easier it is set apart.
   * @param row The index of the row in `rows`, by default the only one.
   * @throws RangeError if the row is not there, and for NaN. Infinite values are taken for beyond all others.
   */
  score(rows: Float64Array, row = 0): number {
    checkRow(rows, this.columns, row);
    const sum = sumPathLengths(this.#packed, rows, row * this.columns);
    return anomalyScore(sum / this.trees.length, this.sampleSize);
  }

  /** The scores of all rows, in their order. @throws RangeError as `score` does, and if the last row is not whole. */
  scoreAll(rows: Float64Array): Float64Array {
    checkWidth(rows, this.columns);
    const scores = new Float64Array(rows.length / this.columns);
    for (let row = 0; row < scores.length; row++) scores[row] = this.score(rows, row);
    return scores;
  }
}
