/**
 * An isolation tree in flat arrays, the root first. The two children of a node stand side by side, so that a step down is
 * `childOf(link) + (value > split)`; a leaf is its own child and splits at infinity, so that a walk of `height` steps ends
 * in it without asking whether it is there: no branch that a processor could foretell wrongly.
 */
export interface Tree {
  /** The most steps from the root to a leaf. */
  readonly height: number;
  /** Of points in the sample that it was grown from. */
  readonly sampleSize: number;
  /** Of each node: its first child and the column that it splits, in one number. */
  readonly links: Int32Array;
  /** A value goes to the first child if it is at most that. */
  readonly splits: Float64Array;
  /** Of a leaf: how many points of the sample ended there; 0 of other nodes. */
  readonly leafSizes: Uint16Array;
  /** Of a leaf: the length of the paths that end there, the mean height of the tree that was not grown included. */
  readonly pathLengths: Float64Array;
}

const COLUMN_BITS = 10;

export const MOST_COLUMNS = 2 ** COLUMN_BITS;

export function linkTo(child: number, column: number): number {
  return (child << COLUMN_BITS) | column;
}

export function childOf(link: number): number {
  return link >>> COLUMN_BITS;
}

export function columnOf(link: number): number {
  return link & (MOST_COLUMNS - 1);
}

/** The length of the path that a row takes: in `rows`, row-major, it starts at `offset`. */
export function pathLength({ height, links, splits, pathLengths }: Tree, rows: Float64Array, offset = 0): number {
  let node = 0;
  for (let step = 0; step < height; step++) {
    const link = links[node]!;
    node = childOf(link) + +(rows[offset + columnOf(link)]! > splits[node]!);
  }
  return pathLengths[node]!;
}
