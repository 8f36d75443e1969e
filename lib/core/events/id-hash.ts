/**
 * FNV-1a (Fowler, Noll, Vo) over the characters of an ASCII id. The scanner computes it on the way,
 * byte by byte, with {@link HASH_START} and {@link HASH_PRIME}.
 */
export function hashId(id: string): number {
  let hash = HASH_START;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), HASH_PRIME);
  return hash;
}

export const HASH_START = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** Ids that are numbers below this are found without a hash. */
export const ID_NUMBERS = 1 << 20;

const SMALL_NUMBER = /^(0|[1-9]\d{0,6})$/;

/** The id as such a number, or -1. */
export function numberOf(id: string): number {
  const number = SMALL_NUMBER.test(id) ? Number(id) : ID_NUMBERS;
  return number < ID_NUMBERS ? number : -1;
}
