import { UnreadableStateError } from '../cloud/unreadable-state-error.ts';
import { heightLimit } from './path-length.ts';
import { TreeBuilder } from './tree-builder.ts';
import { childOf, columnOf, type Tree } from './tree.ts';

/** Marks a leaf, followed by its size; without it a node is a fork and the number its column. Nodes come in preorder. */
const LEAF = 0x8000;

/** Where the next node and the next split stand. */
export interface ForestBytes {
  readonly view: DataView;
  node: number;
  split: number;
}

export const WHAT = 'isolation forest';

export function unreadable(fault: string): UnreadableStateError {
  return new UnreadableStateError(WHAT, fault);
}

export function writeTree(tree: Tree, target: ForestBytes, node = 0): void {
  const size = tree.leafSizes[node]!;
  const link = tree.links[node]!;
  target.view.setUint16(target.node, size > 0 ? LEAF | size : columnOf(link), true);
  target.node += 2;
  if (size > 0) return;
  target.view.setFloat64(target.split, tree.splits[node]!, true);
  target.split += 8;
  writeTree(tree, target, childOf(link));
  writeTree(tree, target, childOf(link) + 1);
}

/**
 * Reads trees from bytes that may hold anything: throws nothing but UnreadableStateError, goes no deeper than a tree of the
 * sample size may be, and what it makes takes no more memory than its nodes do.
 */
export class TreeReader {
  readonly #source: ForestBytes;
  readonly #columns: number;
  readonly #sampleSize: number;
  readonly #nodesEnd: number;
  readonly #splitsEnd: number;
  #pointsLeft = 0;

  /** The splits follow the nodes, and end where the checksum starts. */
  constructor(source: ForestBytes, { columns, sampleSize, splitsEnd }: ReadOptions) {
    this.#source = source;
    this.#columns = columns;
    this.#sampleSize = sampleSize;
    this.#nodesEnd = source.split;
    this.#splitsEnd = splitsEnd;
  }

  read(): Tree {
    const builder = new TreeBuilder(this.#sampleSize);
    this.#pointsLeft = this.#sampleSize;
    this.#readNode(builder, 0, 0);
    if (this.#pointsLeft > 0) throw unreadable(`a tree lacks ${this.#pointsLeft} points of its sample`);
    return builder.finish();
  }

  expectEnd(): void {
    if (this.#source.node !== this.#nodesEnd) throw unreadable('nodes are left over');
  }

  #readNode(builder: TreeBuilder, node: number, depth: number): void {
    // Nodes do not run out before the splits do, for a tree has one leaf more than forks.
    const entry = this.#source.view.getUint16(this.#source.node, true);
    this.#source.node += 2;
    if (entry >= LEAF) return builder.addLeaf(node, depth, this.#takePoints(entry - LEAF));
    if (entry >= this.#columns) throw unreadable(`a node splits column ${entry} of ${this.#columns}`);
    if (depth >= heightLimit(this.#sampleSize)) throw unreadable('a tree is too high');
    const child = builder.addFork(node, entry, this.#readSplit());
    this.#readNode(builder, child, depth + 1);
    this.#readNode(builder, child + 1, depth + 1);
  }

  #takePoints(points: number): number {
    if (points < 1 || points > this.#pointsLeft) {
      throw unreadable(`a leaf has ${points} of ${this.#pointsLeft} points`);
    }
    this.#pointsLeft -= points;
    return points;
  }

  #readSplit(): number {
    if (this.#source.split >= this.#splitsEnd) throw unreadable('a split is missing');
    const split = this.#source.view.getFloat64(this.#source.split, true);
    this.#source.split += 8;
    if (!Number.isFinite(split)) throw unreadable(`a split must be finite (given ${split})`);
    return split;
  }
}

interface ReadOptions {
  readonly columns: number;
  readonly sampleSize: number;
  readonly splitsEnd: number;
}
