/**
 * A number of 32 bits that spreads texts evenly: FNV-1a (Fowler, Noll, Vo) over the UTF-16 units, stirred by the finish of
 * MurmurHash3 (Appleby). With another seed it is another hash. Stored state depends on it: it must stay as it is.
 */
export function hashOf(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
