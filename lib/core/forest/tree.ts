/**
 * An isolation tree in flat arrays, the root first. The two children of a node stand side by side, so that a step down is
 * `children[node] + (value > split)`; a leaf is its own child and splits at infinity, so that a walk of `height` steps ends
 * in it without asking whether it is there.
 */
export interface Tree {
  /** The most steps from the root to a leaf. */
  readonly height: number;
  /** Of points in the sample that it was grown from. */
  readonly sampleSize: number;
  readonly columns: Uint16Array;
  readonly splits: Float64Array;
  readonly children: Int32Array;
  /** In a leaf: the length of the paths that end there, its own unbuilt tree counted by its mean. 0 elsewhere. */
  readonly pathLengths: Float64Array;
}

/** The length of the path of the row that starts at `offset`, row-major; NaN counts as a small value. */
export function pathLength(tree: Tree, rows: Float64Array, offset: number): number {
  const { height, columns, splits, children, pathLengths } = tree;
  let node = 0;
  for (let step = 0; step < height; step++) {
    node = children[node]! + +(rows[offset + columns[node]!]! > splits[node]!);
  }
  return pathLengths[node]!;
}
