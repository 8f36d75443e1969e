import { childOf, columnOf, linkTo, type Tree } from './tree.ts';

/**
 * Walking four trees in turn is twice as fast as one after the other (1.5 instead of 3.4 microseconds for 100 trees): the
 * steps of one walk wait for each other, those of four do not.
 */
const LANES = 4;

/** Trees one behind the other, in as few arrays as one tree has. */
export interface PackedTrees {
  readonly height: number;
  /** A whole number of lanes: what is left over starts at a leaf of no length. */
  readonly roots: Int32Array;
  readonly links: Int32Array;
  readonly splits: Float64Array;
  readonly pathLengths: Float64Array;
}

export function packTrees(trees: readonly Tree[]): PackedTrees {
  const nodes = trees.reduce((sum, { links }) => sum + links.length, 0);
  const packed: PackedTrees = {
    height: Math.max(...trees.map(({ height }) => height)),
    roots: new Int32Array(Math.ceil(trees.length / LANES) * LANES).fill(nodes),
    links: new Int32Array(nodes + 1).fill(linkTo(nodes, 0), nodes),
    splits: new Float64Array(nodes + 1).fill(Infinity, nodes),
    pathLengths: new Float64Array(nodes + 1),
  };
  let root = 0;
  for (const [index, tree] of trees.entries()) {
    packed.roots[index] = root;
    packed.links.set(moveLinks(tree.links, root), root);
    packed.splits.set(tree.splits, root);
    packed.pathLengths.set(tree.pathLengths, root);
    root += tree.links.length;
  }
  return packed;
}

/** The sum of a row's path lengths over all trees, in their order; in `rows`, row-major, the row starts at `offset`. */
export function sumPathLengths(packed: PackedTrees, rows: Float64Array, offset: number): number {
  const { height, roots, links, splits, pathLengths } = packed;
  let sum = 0;
  for (let lane = 0; lane < roots.length; lane += LANES) {
    let one = roots[lane]!;
    let two = roots[lane + 1]!;
    let three = roots[lane + 2]!;
    let four = roots[lane + 3]!;
    for (let step = 0; step < height; step++) {
      const linkOne = links[one]!;
      const linkTwo = links[two]!;
      const linkThree = links[three]!;
      const linkFour = links[four]!;
      one = childOf(linkOne) + +(rows[offset + columnOf(linkOne)]! > splits[one]!);
      two = childOf(linkTwo) + +(rows[offset + columnOf(linkTwo)]! > splits[two]!);
      three = childOf(linkThree) + +(rows[offset + columnOf(linkThree)]! > splits[three]!);
      four = childOf(linkFour) + +(rows[offset + columnOf(linkFour)]! > splits[four]!);
    }
    sum = sum + pathLengths[one]! + pathLengths[two]! + pathLengths[three]! + pathLengths[four]!;
  }
  return sum;
}

function moveLinks(links: Int32Array, by: number): Int32Array {
  return links.map((link) => linkTo(childOf(link) + by, columnOf(link)));
}
