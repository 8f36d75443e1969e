import { growingNetwork } from '../workloads.ts';
import { askedOf, storedSince, type Asked } from './asked.ts';
import { ShardOfEvents, type Cloud } from './cloud.ts';
import { functionTime } from './function-time.ts';
import { FLUSH_EVERY, loadedCloud } from './loaded-cloud.ts';

export const LINES_PER_RECORD = 100;

const USERS = 10_000;

export interface NetworkCase {
  readonly batchEvents: number;
  readonly isCold: boolean;
  readonly flushEvery?: number;
  /** Only whole cycles, from one write of the users to the next, tell what a commit costs. */
  readonly cycles?: number;
}

export interface AskedOfNetwork {
  readonly cloud: Cloud;
  readonly asked: Asked;
}

/** Has batches of one network judged: as many to warm up, unless it is to be cold, and as many that count. */
export async function askNetwork({
  batchEvents,
  isCold,
  flushEvery = FLUSH_EVERY,
  cycles = 2,
}: NetworkCase): Promise<AskedOfNetwork> {
  const calls = cycles * flushEvery;
  const events = calls * batchEvents;
  const { cloud, lines } = await loadedCloud(growingNetwork(USERS), 2 * events, flushEvery);
  const shard = new ShardOfEvents();
  let sandbox = cloud.sandbox();
  const run = async (from: number, to: number): Promise<void> => {
    for (let first = from; first < to; first += batchEvents) {
      if (isCold) sandbox = cloud.sandbox();
      await sandbox.handle(shard.batchOf(lines.slice(first, first + batchEvents), LINES_PER_RECORD));
    }
  };
  if (!isCold) await run(0, events);
  cloud.meter.reset();
  const before = cloud.stored;
  const functionMs = await functionTime(cloud.meter, () => run(events, 2 * events));
  return {
    cloud,
    asked: askedOf(cloud.meter, { events, calls, functionMs, stored: storedSince(before, cloud.stored) }),
  };
}
