import { generateLogs } from '../generate-log.ts';
import type { Workload } from '../logs/workload.ts';
import { Cloud } from './cloud.ts';

export interface LoadedCloud {
  readonly cloud: Cloud;
  /** The lines of the stream log. */
  readonly lines: readonly string[];
}

/** As the stack's setting is by default. */
export const FLUSH_EVERY = 24;

/** A cloud that has loaded the workload's batch log, and so many events to come. */
export async function loadedCloud(workload: Workload, events: number, flushEvery = FLUSH_EVERY): Promise<LoadedCloud> {
  const cloud = new Cloud({ flushEvery });
  const { batch, stream } = generateLogs({ ...workload, stream: { ...workload.stream, events } });
  // As bytes: the log of a million users is longer than a text can be.
  await cloud.input.put('batch_log.json', Buffer.concat(Array.from(batch, (chunk) => Buffer.from(chunk))));
  await cloud.load('batch_log.json');
  const lines = [...stream].flatMap((chunk) => chunk.trimEnd().split('\n'));
  return { cloud, lines };
}
