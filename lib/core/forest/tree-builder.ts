import { meanPathLength } from './path-length.ts';
import { linkTo, type Tree } from './tree.ts';

/** Puts a tree together node by node: the root is node 0, and every node is to become either a fork or a leaf. */
export class TreeBuilder {
  readonly #sampleSize: number;
  readonly #links: Int32Array;
  readonly #splits: Float64Array;
  readonly #leafSizes: Uint16Array;
  readonly #pathLengths: Float64Array;
  #nodes = 1;
  #height = 0;

  constructor(sampleSize: number) {
    const mostNodes = 2 * sampleSize - 1;
    this.#sampleSize = sampleSize;
    this.#links = new Int32Array(mostNodes);
    this.#splits = new Float64Array(mostNodes);
    this.#leafSizes = new Uint16Array(mostNodes);
    this.#pathLengths = new Float64Array(mostNodes);
  }

  /** Gives back the first of its two children. */
  addFork(node: number, column: number, split: number): number {
    const child = this.#nodes;
    this.#nodes += 2;
    this.#links[node] = linkTo(child, column);
    this.#splits[node] = split;
    return child;
  }

  addLeaf(node: number, depth: number, size: number): void {
    this.#links[node] = linkTo(node, 0);
    this.#splits[node] = Infinity;
    this.#leafSizes[node] = size;
    this.#pathLengths[node] = depth + meanPathLength(size);
    this.#height = Math.max(this.#height, depth);
  }

  finish(): Tree {
    return {
      height: this.#height,
      sampleSize: this.#sampleSize,
      links: this.#links.slice(0, this.#nodes),
      splits: this.#splits.slice(0, this.#nodes),
      leafSizes: this.#leafSizes.slice(0, this.#nodes),
      pathLengths: this.#pathLengths.slice(0, this.#nodes),
    };
  }
}
