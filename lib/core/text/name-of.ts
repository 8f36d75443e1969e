import { hashOf } from './hash-of.ts';

/** Another start for the hash, so that both halves differ. */
const SECOND_SEED = 0x9747b28c;

/** 16 hexadecimal digits that stand for an id where the id itself must not stand. Stored keys depend on it. */
export function nameOf(id: string): string {
  return [hashOf(id), hashOf(id, SECOND_SEED)].map((hash) => hash.toString(16).padStart(8, '0')).join('');
}
