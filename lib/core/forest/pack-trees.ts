import { childOf, columnOf, LANES, linkTo, type PackedTrees, type Tree } from './tree.ts';

/** For {@link sumPathLengths}. */
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

function moveLinks(links: Int32Array, by: number): Int32Array {
  return links.map((link) => linkTo(childOf(link) + by, columnOf(link)));
}
