import { FAILURES_PREFIX } from '../../core/operations/failures.ts';
import type { ObjectStore } from './object-store.ts';

/** As many as one request lists. */
export const MOST_COUNTED = 1000;

/** How many objects the journal bucket has of what functions gave up on; no more than {@link MOST_COUNTED} are counted. */
export async function countFailures(journal: Pick<ObjectStore, 'list'>): Promise<number> {
  let count = 0;
  for await (const _ of journal.list(FAILURES_PREFIX)) if (++count === MOST_COUNTED) break;
  return count;
}
