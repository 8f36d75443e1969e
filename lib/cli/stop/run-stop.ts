import { setTimeout as sleep } from 'node:timers/promises';
import { wishToStop } from '../../local/control-client.ts';
import { isAlive } from '../../local/process-identity.ts';
import { readRunFile, type RunFile } from '../../local/run-file.ts';
import { nothingRunsOn } from '../connect/nothing-runs-on.ts';
import type { Host } from '../host.ts';
import { print } from '../terminal/print.ts';

/** Longer than a run takes to finish what is under way. */
const LONGEST_WAIT_MS = 60_000;
const POLL_MS = 50;

/** Stops the run on a data folder, and comes back when it has ended. @throws NothingRuns */
export async function runStop(data: string, host: Host): Promise<void> {
  const run = await readRunFile(data);
  if (run === undefined) throw nothingRunsOn(data);
  await askToStop(run);
  for (let waited = 0; isAlive(run); waited += POLL_MS) {
    if (waited > LONGEST_WAIT_MS) {
      throw new Error(
        `process ${run.pid} has not ended within ${LONGEST_WAIT_MS / 1000} s; kill -9 ${run.pid} loses nothing`,
      );
    }
    await sleep(POLL_MS);
  }
  await print(host.stdout, `the local run on ${data} has stopped\n`);
}

/** A run that does not answer may still hear a signal. */
async function askToStop({ pid, endpoints }: RunFile): Promise<void> {
  try {
    if (endpoints.lambda === undefined) throw new Error('it does not say where it listens');
    await wishToStop(endpoints.lambda);
  } catch {
    process.kill(pid, 'SIGTERM');
  }
}
