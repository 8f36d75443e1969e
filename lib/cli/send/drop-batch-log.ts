import { readFile, stat } from 'node:fs/promises';
import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import type { LoadState, StateStore } from '../../adapters/state/state-store.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { counted } from '../terminal/numbers.ts';
import { print } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { EXIT_CODES, UsageError } from '../usage-error.ts';
import type { SendRequest } from './request.ts';

interface DropContext {
  readonly host: Host;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What one request can hold of a file in memory; `aws s3 cp` takes more. */
const LARGEST = 1024 ** 3;
const POLL_MS = 250;
/** As long as a function may take, and a second try. */
const LONGEST_WAIT_S = 1800;

/** Drops a batch log into the input bucket, as `aws s3 cp` does, and waits until it is loaded; gives the exit code. */
export async function dropBatchLog(request: SendRequest, system: System, context: DropContext): Promise<number> {
  const { file, network, quiet } = request;
  const { host } = context;
  const key = `${network}/batch_log.json${file.endsWith('.gz') ? '.gz' : ''}`;
  const input = await system.openBucket('inputBucket');
  const { size } = await stat(file);
  if (size > LARGEST) {
    const { inputBucket } = system.resources;
    throw new UsageError(`${file} is larger than 1 GiB; drop it with: aws s3 cp ${file} s3://${inputBucket}/${key}`);
  }
  await input.put(key, await readFile(file));
  const load = await loadOf({ key, input, state: await system.openState(), ...request, ...context });
  if (load.phase !== 'loaded') throw new Error(`${key} was not loaded: ${printable(load.reason ?? load.phase)}`);
  const counts = `${counted(load.events, 'event')}, ${counted(load.users, 'user')}`;
  if (!quiet) await print(host.stderr, `${file} is loaded as the network ${network}: ${counts}\n`);
  return EXIT_CODES.done;
}

interface Waiting extends SendRequest, DropContext {
  readonly key: string;
  readonly input: ObjectStore;
  readonly state: StateStore;
}

/** What became of the object that is there now. */
async function loadOf({ key, input, state, network, host, quiet, sleep }: Waiting): Promise<LoadState> {
  const isSeen = !quiet && host.stderr.isTTY === true && host.env['TERM'] !== 'dumb';
  const clock = (): number => host.uptime();
  const bar = isSeen ? new ProgressBar({ screen: host.stderr, total: undefined, clock }) : undefined;
  const end = clock() + LONGEST_WAIT_S;
  try {
    while (clock() < end) {
      const [found, load] = await Promise.all([input.find(key), state.readLoad(network)]);
      if (load?.key === key && load.identity !== undefined && load.identity === found?.identity) {
        if (load.phase !== 'loading') return load;
        bar?.show({ bytes: 0, events: load.events });
      }
      await sleep(POLL_MS);
    }
  } finally {
    bar?.wipe();
  }
  throw new Error(`${key} is dropped, and not loaded after ${LONGEST_WAIT_S / 60} minutes; see flagstone status`);
}
