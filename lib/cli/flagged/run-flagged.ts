import { rejectedPrefix } from '../../core/cloud/object-keys.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { readKnownHead } from '../networks.ts';
import { paintFor, type Paint } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { flaggedObjects } from './flagged-objects.ts';
import { objectsUnder, type Following } from './objects-under.ts';
import { readableFlagged, readableRejected } from './readable-lines.ts';
import type { FlaggedRequest } from './request.ts';

/** Prints what was flagged, or rejected, in order: for a file as it is, on a terminal for people. */
export async function runFlagged(request: FlaggedRequest, system: System, host: Host): Promise<void> {
  const load = await readLoad(request, system);
  const output = await system.openBucket('outputBucket');
  const tell = async (follow?: Following): Promise<void> => {
    const objects = request.rejected
      ? objectsUnder({ store: output, prefix: rejectedPrefix(request.network) })
      : flaggedObjects({
          output,
          network: request.network,
          ...(load !== undefined && { load }),
          ...(follow && { follow }),
        });
    const count = await printAll(objects, request, host);
    if (count === 0 && isForPeople(request, host)) await print(host.stdout, `${nothing(request, load)}\n`);
  };
  await (request.follow ? untilInterrupted(host, tell) : tell());
}

/** The load after which is printed; undefined for all. */
async function readLoad({ network, load, follow }: FlaggedRequest, system: System): Promise<number | undefined> {
  if (load !== 'latest') return load === 'all' ? undefined : load;
  const state = await system.openState();
  // A network that is followed may yet come.
  const head = await (follow ? state.readHead(network) : readKnownHead(state, network));
  return head?.load ?? 0;
}

/** Gives how many objects it has printed. */
async function printAll(objects: AsyncIterable<string>, request: FlaggedRequest, host: Host): Promise<number> {
  const readable = request.rejected ? readableRejected : readableFlagged;
  const paint: Paint = paintFor(host.stdout);
  let count = 0;
  for await (const text of objects) {
    count++;
    const isRead = await print(host.stdout, isForPeople(request, host) ? readable(text, paint) : text);
    if (!isRead) break;
  }
  return count;
}

function isForPeople({ json }: FlaggedRequest, { stdout }: Host): boolean {
  return stdout.isTTY === true && !json;
}

function nothing({ network, rejected }: FlaggedRequest, load: number | undefined): string {
  if (rejected) return `In network ${network}, no line has been rejected.`;
  const since = load === undefined || load === 0 ? '' : ` since batch log ${load} was loaded`;
  return `In network ${network}, no purchase has been flagged${since}.`;
}
