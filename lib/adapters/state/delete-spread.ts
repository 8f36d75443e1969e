import type { Condition, DynamoRequests } from './dynamo-requests.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { ItemKey } from './item-keys.ts';

const SCAN_SEGMENTS = 8;

/** Deletes items that are spread all over a table, which it reads through. Gives how many. */
export async function deleteSpread(
  requests: DynamoRequests,
  where: Condition,
  isMeant: (key: ItemKey) => boolean = () => true,
): Promise<number> {
  let deleted = 0;
  const segments = Array.from({ length: SCAN_SEGMENTS }, (_, number) => ({ number, of: SCAN_SEGMENTS }));
  await eachAtOnce(segments, SCAN_SEGMENTS, async (segment) => {
    for await (const keys of requests.scanKeys(where, segment)) {
      const meant = keys.filter(isMeant);
      await requests.deleteAll(meant);
      deleted += meant.length;
    }
  });
  return deleted;
}

/** Of items in partitions whose keys start with a prefix. */
export function inPartitions(prefix: string): Condition {
  return { expression: 'begins_with(pk, :prefix)', values: { ':prefix': { S: prefix } } };
}
