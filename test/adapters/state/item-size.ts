import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** The bytes that DynamoDB counts of an item: the names and the values of its attributes. */
export function itemSize(item: Record<string, AttributeValue>): number {
  return Object.entries(item).reduce((size, [name, value]) => size + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize({ S, N, B }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (B !== undefined) return B.length;
  // About a byte for two digits, and one more.
  return 1 + Math.ceil((N ?? '').replace(/\D/g, '').length / 2);
}
