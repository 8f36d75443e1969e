import { growingNetwork } from '../workloads.ts';
import { askedOf, storedSince, type Asked } from './asked.ts';
import { ShardOfEvents, type Cloud } from './cloud.ts';
import { FLUSH_EVERY, loadedCloud } from './loaded-cloud.ts';

export const LINES_PER_RECORD = 100;

const USERS = 10_000;

export interface NetworkCase {
  readonly batchEvents: number;
  readonly isCold: boolean;
  readonly flushEvery?: number;
}

export interface AskedOfNetwork {
  readonly cloud: Cloud;
  readonly asked: Asked;
}

/** Has batches of one network judged, twice as many commits as there are between two writes of the users: only whole cycles tell what a commit costs. */
export async function askNetwork({
  batchEvents,
  isCold,
  flushEvery = FLUSH_EVERY,
}: NetworkCase): Promise<AskedOfNetwork> {
  const calls = 2 * flushEvery;
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
  const start = performance.now();
  await run(events, 2 * events);
  const functionMs = performance.now() - start - cloud.meter.simulationMs;
  return {
    cloud,
    asked: askedOf(cloud.meter, { events, calls, functionMs, stored: storedSince(before, cloud.stored) }),
  };
}
