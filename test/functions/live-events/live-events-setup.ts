import type { KinesisStreamBatchResponse } from 'aws-lambda';
import { LiveEvents } from '../../../functions/live-events/live-events.ts';
import type { Applied } from '../../../lib/adapters/network/network-session.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import type { MemoryCloud, SandboxOptions } from '../../cloud/memory-cloud.ts';
import { kinesisEvent, type TestRecord } from '../../cloud/sample-events.ts';

/** The function with a memory of its own, and what it has told. */
export interface RunningFunction {
  readonly handle: (records: readonly TestRecord[]) => Promise<KinesisStreamBatchResponse>;
  readonly applied: (Applied & { readonly network: NetworkName })[];
  readonly failures: unknown[];
}

export function startLiveEvents(cloud: MemoryCloud, options: SandboxOptions = {}): RunningFunction {
  const applied: RunningFunction['applied'] = [];
  const failures: unknown[] = [];
  const liveEvents = new LiveEvents({
    openSession: cloud.start(options).openSession,
    mostUsers: options.mostUsers ?? 100_000,
    onApplied: (network, told) => applied.push({ network, ...told }),
    onFailed: (_, error) => failures.push(error),
  });
  return { handle: async (records) => liveEvents.handle(kinesisEvent(records)), applied, failures };
}

/** Delivers a batch as the event source mapping does: again from the record that is said to have failed. */
export async function deliver(
  records: readonly TestRecord[],
  nextFunction: () => Pick<RunningFunction, 'handle'>,
): Promise<void> {
  let left = records;
  for (let attempt = 1; left.length > 0; attempt++) {
    if (attempt > 20) throw new Error('the batch fails again and again');
    const { batchItemFailures } = await nextFunction().handle(left);
    const failed = batchItemFailures[0]?.itemIdentifier;
    left = failed === undefined ? [] : left.filter(({ sequenceNumber }) => sequenceNumber >= Number(failed));
  }
}
