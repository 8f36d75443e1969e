import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import { readFailureObject } from '../../adapters/redrive/read-failed-batch.ts';
import { FAILURES_PREFIX } from '../../core/operations/failures.ts';
import type { Failure } from '../../core/operations/read-failure.ts';

/** An object of the journal bucket in which Lambda keeps what it gave up. */
export interface KeptFailure {
  readonly key: string;
  /** What is in it, or why it cannot be read. */
  readonly failure: Failure | string;
}

/**
 * All that is kept, in the order in which it is to be put back: as it was given up, which for a shard is the order of the stream. The
 * names tell that to the second; of what was given up in the same one, the oldest records come first.
 */
export async function* keptFailures(journal: ObjectStore): AsyncGenerator<KeptFailure> {
  const keys: string[] = [];
  for await (const { key } of journal.list(FAILURES_PREFIX)) keys.push(key);
  const sorted = keys.toSorted((one, other) => compare(secondOf(one), secondOf(other)));
  for (const together of runsOf(sorted)) {
    const read = await Promise.all(together.map((key) => readKept(journal, key)));
    yield* read.filter((kept) => kept !== undefined).toSorted(byPlace);
  }
}

async function readKept(journal: ObjectStore, key: string): Promise<KeptFailure | undefined> {
  const failure = await readFailureObject(journal, key);
  return failure && { key, failure: failure.ok ? failure.value : failure.reason };
}

/** `2026-11-21T12.00.00` in `aws/lambda/…/2026/11/21/2026-11-21T12.00.00-<id>`. */
function secondOf(key: string): string {
  return /\/(\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d)-[^/]*$/.exec(key)?.[1] ?? '';
}

function runsOf(keys: readonly string[]): string[][] {
  const runs = new Map<string, string[]>();
  for (const key of keys) {
    const run = runs.get(secondOf(key));
    if (run === undefined) runs.set(secondOf(key), [key]);
    else run.push(key);
  }
  return [...runs.values()];
}

function byPlace({ failure: one }: KeptFailure, { failure: other }: KeptFailure): number {
  if (typeof one === 'string' || typeof other === 'string') return 0;
  if (one.kind === 'batch' && other.kind === 'batch' && one.shard === other.shard) {
    return compare(BigInt(one.first), BigInt(other.first));
  }
  return one.at - other.at;
}

function compare<Value extends string | bigint>(one: Value, other: Value): number {
  return one < other ? -1 : Number(one > other);
}
