import { growingNetwork } from '../workloads.ts';
import { ShardOfEvents } from './cloud.ts';
import { loadedCloud } from './loaded-cloud.ts';

/** Prints how well one function keeps up with a shard that brings 1 MB a second. */

const EVENTS_PER_BATCH = 10_000;
const LINES_PER_RECORD = 500;
const WARM_UP = 8;
const SHARD_BYTES_PER_SECOND = 1e6;

export interface Saturation {
  readonly users: number;
  readonly flushEvery: number;
  /** For how long the shard brings what was applied. */
  readonly streamMs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly writeUnits: number;
  readonly peakBytes: number;
}

const [users = '10000', flushEvery = '24'] = process.argv.slice(2);
console.log(JSON.stringify(await measure(Number(users), Number(flushEvery))));

async function measure(userCount: number, flushes: number): Promise<Saturation> {
  const batches = flushes;
  const { cloud, lines } = await loadedCloud(
    growingNetwork(userCount),
    EVENTS_PER_BATCH * (batches + WARM_UP),
    flushes,
  );
  const shard = new ShardOfEvents();
  const sandbox = cloud.sandbox();
  const run = async (first: number, end: number): Promise<number> => {
    let bytes = 0;
    for (let batch = first; batch < end; batch++) {
      const part = lines.slice(batch * EVENTS_PER_BATCH, (batch + 1) * EVENTS_PER_BATCH);
      bytes += part.join('\n').length;
      await sandbox.handle(shard.batchOf(part, LINES_PER_RECORD));
    }
    return bytes;
  };
  await run(0, WARM_UP);
  cloud.meter.reset();
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const bytes = await run(WARM_UP, WARM_UP + batches);
  const { user, system } = process.cpuUsage(cpuStart);
  const { simulationMs, writeUnits } = cloud.meter;
  return {
    users: userCount,
    flushEvery: flushes,
    streamMs: (1000 * bytes) / SHARD_BYTES_PER_SECOND,
    wallMs: performance.now() - start - simulationMs,
    cpuMs: (user + system) / 1000 - simulationMs,
    writeUnits,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}
