import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { generateLogs } from '../generate-log.ts';
import type { EventMix, Workload } from '../logs/workload.ts';
import { WORKLOADS } from '../workloads.ts';
import { FLAGSTONE } from './detect-against-floor.ts';
import { ProcessRunner, type ProcessUsage } from './run-process.ts';

/** As many unfriendings as befriendings, so that only the number of events grows. */
const STEADY: EventMix = { ...WORKLOADS.sample.stream, befriendShare: 0.5 };

/** `flagstone detect` judging a stream of that many events that comes through a pipe. */
export async function runPipedStream(events: number, folder: string): Promise<ProcessUsage> {
  const workload: Workload = { ...WORKLOADS.sample, stream: { ...STEADY, events } };
  const logs = generateLogs(workload);
  const batch = join(folder, 'batch_log.json');
  await writeFile(batch, logs.batch);
  const output = join(folder, 'flagged_purchases.json');
  const runner = await ProcessRunner.in(folder);
  return runner.run({
    script: FLAGSTONE,
    parameters: ['detect', `--batch-log=${batch}`, '--stream-log=-', `--output=${output}`, '--quiet'],
    input: logs.stream,
  });
}
