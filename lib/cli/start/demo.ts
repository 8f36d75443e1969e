import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { putLog } from '../../adapters/stream/put-log.ts';
import { WORLD } from '../../adapters/world.ts';
import { parseNetworkName } from '../../core/network/network-name.ts';
import type { System } from '../connect/system.ts';
import { Pace } from '../send/pace.ts';
import { valueOf } from '../usage-error.ts';
import type { DemoProgress } from './demo-progress.ts';

export interface DemoOptions {
  readonly system: System;
  readonly progress: DemoProgress;
  /** The folder with the sample logs. */
  readonly events: string;
  readonly stopped: AbortSignal;
  /** Seconds, of a clock that never goes back. */
  readonly clock: () => number;
  readonly say: (sentence: string) => void;
}

export const DEMO_NETWORK = valueOf(parseNetworkName('demo'));

const LINES_A_SECOND = 40;
const POLL_MS = 200;

/** Feeds the sample logs in as a user would: one through the bucket, then the other through the stream, as if it were live. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { progress, say } = options;
  const { isDropped, lines, isDone } = await progress.read();
  if (isDone) return say(`the sample logs are in already: flagstone flagged --network=${DEMO_NETWORK}`);
  if (!isDropped) await dropBatchLog(options);
  if (!(await isLoaded(options))) return;
  say(`replaying events/stream_log.json on the stream, ${LINES_A_SECOND} events a second`);
  await replayStreamLog(options, lines);
}

async function dropBatchLog({ system, progress, events }: DemoOptions): Promise<void> {
  const input = await system.openBucket('inputBucket');
  await input.put(`${DEMO_NETWORK}/batch_log.json`, await readFile(path.join(events, 'batch_log.json')));
  await progress.write({ isDropped: true, lines: 0, isDone: false });
}

/** Waits until the batch log is loaded; false if it never will be, or the run ends. */
async function isLoaded({ system, stopped, say }: DemoOptions): Promise<boolean> {
  const state = await system.openState();
  while (!stopped.aborted) {
    const load = await state.readLoad(DEMO_NETWORK);
    if (load?.phase === 'loaded') return true;
    if (load?.phase === 'failed') {
      say(`the sample batch log could not be loaded: ${load.reason ?? ''}`);
      return false;
    }
    await WORLD.sleep(POLL_MS);
  }
  return false;
}

async function replayStreamLog(
  { system, progress, events, stopped, clock, say }: DemoOptions,
  from: number,
): Promise<void> {
  const pace = new Pace({ rate: LINES_A_SECOND, clock, sleep: WORLD.sleep });
  const { largestRecord } = pace;
  const isComplete = await putLog(createReadStream(path.join(events, 'stream_log.json')), {
    stream: await system.openStream(),
    network: DEMO_NETWORK,
    source: 'demo',
    from,
    ...(largestRecord !== undefined && { largestRecord }),
    onPut: async ({ next }) => {
      await progress.write({ isDropped: true, lines: next, isDone: false });
      await pace.after(next - from);
      return !stopped.aborted;
    },
    onOverlong: async () => undefined,
  });
  if (!isComplete) return;
  await progress.write({ isDropped: true, lines: 0, isDone: true });
  say('the sample stream log has been replayed; all stays up for your own events');
}
