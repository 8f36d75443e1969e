import { UnreadableStateError } from '../cloud/unreadable-state-error.ts';
import type { Tree } from './tree.ts';

export interface SavedForest {
  readonly columns: number;
  readonly trees: readonly Tree[];
}

export function encodeForest(_forest: SavedForest): Uint8Array {
  return new Uint8Array();
}

/** @throws UnreadableStateError */
export function decodeForest(_bytes: Uint8Array): SavedForest {
  throw new UnreadableStateError('forest', 'not yet');
}
