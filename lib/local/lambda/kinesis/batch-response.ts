import type { InvocationResult } from '../invocation.ts';
import type { ShardRecord } from './kinesis-event.ts';

/** How many of a batch's records, from its first on, a function has dealt with. */
export function recordsDone(result: InvocationResult, records: readonly ShardRecord[], reports: boolean): number {
  if (result.outcome !== 'succeeded') return 0;
  if (!reports) return records.length;
  const failed = failedItems(result.payload);
  if (failed === undefined) return 0;
  const places = failed.map((item) => records.findIndex(({ sequenceNumber }) => sequenceNumber === item));
  // An item that is not in the batch fails all of it, and so gives 0.
  return places.length === 0 ? records.length : Math.max(0, Math.min(...places));
}

/** The items that a response names as failed; undefined where it is none that Lambda understands. */
function failedItems(payload: string): string[] | undefined {
  const response = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = typeof response === 'object' ? (response?.batchItemFailures ?? []) : [];
  if (!Array.isArray(failures)) return undefined;
  const items = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  return items.every((item): item is string => typeof item === 'string' && item !== '') ? items : undefined;
}
