import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SimulatedNetwork } from './logs/simulated-network.ts';
import type { EventMix, Workload } from './logs/workload.ts';

const LINES_PER_CHUNK = 1_000;

interface GeneratedLogs {
  readonly batch: Iterable<string>;
  /** Goes on where the batch log ends, so that one has to be read to its end first. */
  readonly stream: Iterable<string>;
}

export interface LogPaths {
  readonly batch: string;
  readonly stream: string;
}

/** The two logs of a workload, in chunks of whole lines. */
export function generateLogs(workload: Workload): GeneratedLogs {
  const network = new SimulatedNetwork(workload);
  return { batch: batchLog(network, workload), stream: eventLines(network, workload.stream) };
}

export async function writeLogs(workload: Workload, paths: LogPaths): Promise<void> {
  const logs = generateLogs(workload);
  await pipeline(Readable.from(logs.batch), createWriteStream(paths.batch));
  await pipeline(Readable.from(logs.stream), createWriteStream(paths.stream));
}

function* batchLog(network: SimulatedNetwork, workload: Workload): Generator<string> {
  yield `{"D":"${workload.degrees}", "T":"${workload.tracked}"}\n`;
  yield* eventLines(network, workload.batch);
}

function* eventLines(network: SimulatedNetwork, mix: EventMix): Generator<string> {
  for (let left = mix.events; left > 0; left -= LINES_PER_CHUNK) {
    const lines = Math.min(left, LINES_PER_CHUNK);
    yield Array.from({ length: lines }, () => network.nextLine(mix)).join('');
  }
}
