import { expectFormat } from '../cloud/unreadable-state-error.ts';
import { crc32 } from './crc32.ts';
import { MOST_SAMPLED, MOST_TREES } from './forest-options.ts';
import { MOST_COLUMNS, type Tree } from './tree.ts';
import { TreeReader, unreadable, WHAT, writeTree, type ForestBytes } from './tree-codec.ts';

export interface SavedForest {
  readonly columns: number;
  readonly sampleSize: number;
  readonly trees: readonly Tree[];
}

// All numbers are little-endian. Head: "FSIF", format, columns, sample size, trees (2 bytes each), forks (4 bytes).
// Then 2 bytes for each node of each tree, see tree-codec.ts; 8 bytes for each fork, its split; a checksum of 4 bytes.
const MAGIC = 0x46495346;
const FORMAT = 1;
const HEAD_BYTES = 16;
const NODE_BYTES = 2;
const SPLIT_BYTES = 8;
const CHECKSUM_BYTES = 4;

export function encodeForest({ columns, sampleSize, trees }: SavedForest): Uint8Array {
  const nodes = trees.reduce((sum, { links }) => sum + links.length, 0);
  const forks = (nodes - trees.length) / 2;
  const bytes = new Uint8Array(lengthOf(trees.length, forks));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  for (const [index, value] of [FORMAT, columns, sampleSize, trees.length].entries()) {
    view.setUint16(4 + 2 * index, value, true);
  }
  view.setUint32(12, forks, true);
  const target: ForestBytes = { view, node: HEAD_BYTES, split: HEAD_BYTES + NODE_BYTES * nodes };
  for (const tree of trees) writeTree(tree, target);
  view.setUint32(bytes.length - CHECKSUM_BYTES, crc32(bytes.subarray(0, -CHECKSUM_BYTES)), true);
  return bytes;
}

/** @throws UnreadableStateError for bytes that are cut off, damaged, of another format, or no forest in any other way. */
export function decodeForest(bytes: Uint8Array): SavedForest {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { columns, sampleSize, treeCount, forks } = readHead(view);
  const node = HEAD_BYTES;
  const split = node + NODE_BYTES * (2 * forks + treeCount);
  const reader = new TreeReader(
    { view, node, split },
    { columns, sampleSize, splitsEnd: bytes.length - CHECKSUM_BYTES },
  );
  const trees = Array.from({ length: treeCount }, () => reader.read());
  reader.expectEnd();
  return { columns, sampleSize, trees };
}

interface Head {
  readonly columns: number;
  readonly sampleSize: number;
  readonly treeCount: number;
  readonly forks: number;
}

/** Reads nothing behind the head before the length and the checksum are known to be right. */
function readHead(view: DataView): Head {
  const length = view.byteLength;
  if (length < HEAD_BYTES + CHECKSUM_BYTES) throw unreadable(`it ends too early, after ${length} bytes`);
  if (view.getUint32(0, true) !== MAGIC) throw unreadable('it does not start as one');
  expectFormat(WHAT, view.getUint16(4, true), FORMAT);
  const head = {
    columns: view.getUint16(6, true),
    sampleSize: view.getUint16(8, true),
    treeCount: view.getUint16(10, true),
    forks: view.getUint32(12, true),
  };
  const wanted = lengthOf(head.treeCount, head.forks);
  if (length !== wanted) throw unreadable(`it should take ${wanted} bytes and takes ${length}`);
  const checked = new Uint8Array(view.buffer, view.byteOffset, length - CHECKSUM_BYTES);
  if (crc32(checked) !== view.getUint32(checked.length, true)) throw unreadable('its checksum is wrong');
  expectWithin('columns', head.columns, MOST_COLUMNS);
  expectWithin('sample size', head.sampleSize, MOST_SAMPLED);
  expectWithin('trees', head.treeCount, MOST_TREES);
  return head;
}

function expectWithin(name: string, value: number, most: number): void {
  if (value < 1 || value > most) throw unreadable(`its ${name} must be from 1 to ${most} (given ${value})`);
}

function lengthOf(trees: number, forks: number): number {
  return HEAD_BYTES + NODE_BYTES * (2 * forks + trees) + SPLIT_BYTES * forks + CHECKSUM_BYTES;
}
