import { createHash } from 'node:crypto';

const HASH_KEYS = 1n << 128n;

/** The hash keys of a shard: the range is cut into even pieces, the last takes what is left. */
export function hashRangeOf(shard: number, shardCount: number): { readonly first: bigint; readonly last: bigint } {
  const width = HASH_KEYS / BigInt(shardCount);
  const first = width * BigInt(shard);
  return { first, last: shard === shardCount - 1 ? HASH_KEYS - 1n : first + width - 1n };
}

/** The shard that takes records of a key. */
export function shardOfKey(partitionKey: string, shardCount: number): number {
  return shardOfHash(BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`), shardCount);
}

export function shardOfHash(hash: bigint, shardCount: number): number {
  return Math.min(Number(hash / (HASH_KEYS / BigInt(shardCount))), shardCount - 1);
}

export function readHashKey(text: string): bigint | undefined {
  const hash = /^(?:0|[1-9]\d{0,38})$/.test(text) ? BigInt(text) : HASH_KEYS;
  return hash < HASH_KEYS ? hash : undefined;
}
