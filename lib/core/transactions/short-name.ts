const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Bytes in UTF-8 of the longest name that a profile keeps as it is. */
const LONGEST_NAME = 20;
const KEPT_CHARACTERS = 3;

const PLAIN = /^[\x20-\x7e]{0,20}$/;

/**
 * A name that a profile can keep: the text itself where it is short, and else its beginning and a digest of the whole, so that a
 * profile stays small whatever its user buys. A text with half a surrogate pair, which UTF-8 cannot hold, counts as long.
 */
export function shortName(text: string): string {
  if (PLAIN.test(text)) return text;
  const bytes = encoder.encode(text);
  if (bytes.length <= LONGEST_NAME && decoder.decode(bytes) === text) return text;
  const beginning = decoder.decode(encoder.encode(text.slice(0, KEPT_CHARACTERS)));
  return `${beginning}~${hashOf(text).toString(36)}`;
}

/** 32 bits of a text: FNV-1a over its UTF-16 units (Fowler, Noll and Vo). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
