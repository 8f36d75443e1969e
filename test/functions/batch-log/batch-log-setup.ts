import { BatchLog, type LoadOutcome } from '../../../functions/batch-log/batch-log.ts';
import type { Drop } from '../../../lib/core/cloud/drop.ts';
import { reportKey } from '../../../lib/core/cloud/object-keys.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { before } from '../../cloud/faults.ts';
import { SECOND, type MemoryCloud, type SandboxOptions } from '../../cloud/memory-cloud.ts';
import { SHARD } from '../../cloud/sample-events.ts';

export const FIFTEEN_MINUTES = 15 * 60 * SECOND;

/** Handles a drop in a new sandbox. */
export async function load(cloud: MemoryCloud, drop: Drop, options: SandboxOptions = {}): Promise<LoadOutcome> {
  return new BatchLog(cloud.start(options)).handle(drop, () => FIFTEEN_MINUTES);
}

const ARRIVAL = Date.UTC(2026, 0, 1);

export function logOf(header: string, lines: readonly string[]): string {
  return [header, ...lines, ''].join('\n');
}

/** Applies lines as one record of the stream. */
export async function stream(cloud: MemoryCloud, sequenceNumber: number, lines: readonly string[]): Promise<void> {
  const record = readRecord(Buffer.from(lines.join('\n')));
  await cloud
    .start()
    .openSession(DEFAULT_NETWORK)
    .apply([{ ...record, shard: SHARD, sequenceNumber: String(sequenceNumber), at: ARRIVAL }]);
}

export async function reportOf(cloud: MemoryCloud, drop: Drop, network = DEFAULT_NETWORK): Promise<object> {
  return JSON.parse(Buffer.from(await cloud.output.get(reportKey(network, drop))).toString()) as object;
}

/** Starts a load that is killed when it comes to a call. */
export async function killLoadAt(cloud: MemoryCloud, drop: Drop, call: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const never = new Promise<undefined>(() => undefined);
    const faults = before(call, async () => {
      resolve();
      return never;
    });
    load(cloud, drop, { faults }).catch(reject);
  });
}
