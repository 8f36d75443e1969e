import { StreamLog, type StreamLogOutcome } from '../../../functions/stream-log/stream-log.ts';
import type { Drop } from '../../../lib/core/cloud/drop.ts';
import { reportKey } from '../../../lib/core/cloud/object-keys.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { SECOND, type MemoryCloud, type SandboxOptions } from '../../cloud/memory-cloud.ts';

const FIFTEEN_MINUTES = 15 * 60 * SECOND;

/** Handles a drop in a new sandbox, which has 15 minutes. */
export async function put(cloud: MemoryCloud, drop: Drop, options: SandboxOptions = {}): Promise<StreamLogOutcome> {
  const end = cloud.now + FIFTEEN_MINUTES;
  return new StreamLog(cloud.start(options)).handle(drop, () => end - cloud.now);
}

/** The lines that those who read the stream apply: of each source each line once. */
export function appliedLines({ stream }: MemoryCloud): string[] {
  const next = new Map<string, number>();
  return stream.records.flatMap(({ data }) => {
    const { envelope, lines } = readRecord(data);
    const source = envelope?.source ?? '';
    const unseen = lines.filter(({ offset = 0 }) => offset >= (next.get(source) ?? 0));
    next.set(source, Math.max(next.get(source) ?? 0, (lines.at(-1)?.offset ?? -1) + 1));
    return unseen.map(({ text }) => text);
  });
}

export async function reportOf(cloud: MemoryCloud, drop: Drop): Promise<object> {
  return JSON.parse(Buffer.from(await cloud.output.get(reportKey(DEFAULT_NETWORK, drop))).toString()) as object;
}
