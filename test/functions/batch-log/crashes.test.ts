import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BatchLog, type LoadOutcome } from '../../../functions/batch-log/batch-log.ts';
import type { Drop } from '../../../lib/core/cloud/drop.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { runsWithEachCallFailing, undisturbed, endStateOf } from '../../cloud/end-state.ts';
import { NO_FAULTS, type FaultPlan } from '../../cloud/faults.ts';
import { MemoryCloud, SECOND, textsOf } from '../../cloud/memory-cloud.ts';
import { sampleLines } from '../../cloud/sample-events.ts';
import { dropLog } from '../../cloud/upload-event.ts';
import { FIFTEEN_MINUTES, load, logOf, stream } from './batch-log-setup.ts';

const OLD = logOf('{"D":1, "T":3}', sampleLines(30, 1));
const NEW = logOf('{"D":2, "T":5}', [...sampleLines(30, 2), 'broken', ...sampleLines(10, 3)]);
const SEQUENCER = 'FFFF';

type Attempt = (drop: Drop) => Promise<LoadOutcome>;

/** A network that has been loaded and has had events, and then gets a new log, which is tried until it is loaded. */
async function loadInto(cloud: MemoryCloud, body: string | Uint8Array, attempt: Attempt): Promise<object> {
  await load(cloud, { ...(await dropLog(cloud, 'batch_log.json', OLD)), sequencer: '0001' });
  await stream(cloud, 1, sampleLines(20, 4));
  cloud.now += 10 * SECOND;
  const name = typeof body === 'string' ? 'batch_log.json' : 'batch_log.json.gz';
  await handleUntilDone({ ...(await dropLog(cloud, name, body)), sequencer: SEQUENCER }, attempt);
  const output = await textsOf(cloud.output);
  const { phase, key, identity, reason } = (await cloud.state.readLoad(DEFAULT_NETWORK))!;
  await stream(cloud, 2, sampleLines(20, 5));
  return {
    ...(await endStateOf(cloud)),
    before: output,
    load: { phase, key, reason, isOpened: identity !== undefined },
  };
}

async function handleUntilDone(drop: Drop, attempt: Attempt): Promise<void> {
  for (let attempts = 1; attempts <= 5; attempts++) {
    const outcome = await attempt(drop).catch(() => 'thrown');
    if (outcome !== 'thrown') return;
  }
  throw new Error('the load fails again and again');
}

const LOGS = [
  ['a log', NEW],
  ['a zipped log', gzipSync(NEW)],
  ['a log without a header', sampleLines(3).join('\n')],
  ['a damaged log', gzipSync(NEW).subarray(0, -30)],
] as const;

test.each(LOGS)('%s ends the same whichever call fails, tried again in a new sandbox', async (_, body) => {
  const run = async (faults: FaultPlan): Promise<object> => {
    const cloud = new MemoryCloud();
    return loadInto(cloud, body, (drop) => load(cloud, drop, { faults }));
  };
  for (const fault of ['before', 'after'] as const) {
    const runs = await runsWithEachCallFailing(fault, run);
    expect(runs.length).toBeGreaterThan(5);
    expect(runs).toEqual(await undisturbed(runs, run));
  }
});

test.each(LOGS)('%s ends the same whichever call fails, tried again in the same sandbox', async (_, body) => {
  const run = async (faults: FaultPlan): Promise<object> => {
    const cloud = new MemoryCloud();
    const warm = new BatchLog(cloud.start({ faults }));
    return loadInto(cloud, body, (drop) => warm.handle(drop, () => FIFTEEN_MINUTES));
  };
  for (const fault of ['before', 'after'] as const) {
    const runs = await runsWithEachCallFailing(fault, run);
    expect(runs).toEqual(await undisturbed(runs, run));
  }
});

test('a report that was not written is written before anybody is told that the log is loaded', async () => {
  const cloud = new MemoryCloud();
  let isDue = true;
  const faults: FaultPlan = (call) => {
    if (call !== 'output.put' || !isDue) return undefined;
    isDue = false;
    return 'before';
  };
  const drop = await dropLog(cloud, 'batch_log.json', OLD);
  await expect(load(cloud, drop, { faults })).rejects.toThrow('output.put failed');
  expect(await load(cloud, drop, { faults: NO_FAULTS })).toBe('old news');
  expect(await cloud.output.find(`reports/network=default/batch_log.json-${drop.sequencer}.json`)).toBeDefined();
});
