import { rejectedPrefix } from '../../core/cloud/object-keys.ts';
import { REJECTED_TRANSACTIONS_PREFIX } from '../../core/transactions-cloud/output-objects.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { readKnownHead } from '../networks.ts';
import { paintFor, type Paint } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { anomalyObjects } from './anomaly-objects.ts';
import { flaggedObjects, type FlaggedOptions } from './flagged-objects.ts';
import { objectsUnder, type Following } from './objects-under.ts';
import { readableAnomalies, readableFlagged, readableRejected } from './readable-lines.ts';
import type { FlaggedRequest, FlaggedSubject } from './request.ts';

/** Prints what was flagged, or rejected, in order: for a file as it is, on a terminal for people. */
export async function runFlagged(request: FlaggedRequest, system: System, host: Host): Promise<void> {
  const load = await readLoad(request, system);
  const output = await system.openBucket('outputBucket');
  const tell = async (follow?: Following): Promise<void> => {
    const options = { output, ...(load !== undefined && { load }), ...(follow && { follow }) };
    const count = await printAll(objectsOf(request, options), request, host);
    if (count === 0 && isForPeople(request, host)) await print(host.stdout, `${nothing(request, load)}\n`);
  };
  await (request.follow ? untilInterrupted(host, tell) : tell());
}

/** The load after which is printed; undefined for all. */
async function readLoad({ subject, follow }: FlaggedRequest, system: System): Promise<number | undefined> {
  if (subject.of === 'transactions') return undefined;
  const { network, load } = subject;
  if (load !== 'latest') return load === 'all' ? undefined : load;
  const state = await system.openState();
  // A network that is followed may yet come.
  const head = await (follow ? state.readHead(network) : readKnownHead(state, network));
  return head?.load ?? 0;
}

function objectsOf(
  { subject, rejected }: FlaggedRequest,
  options: Omit<FlaggedOptions, 'network'>,
): AsyncGenerator<string> {
  const { output } = options;
  if (rejected) return objectsUnder({ store: output, prefix: prefixOfRejected(subject) });
  return subject.of === 'transactions'
    ? anomalyObjects(options)
    : flaggedObjects({ ...options, network: subject.network });
}

function prefixOfRejected(subject: FlaggedSubject): string {
  return subject.of === 'transactions' ? REJECTED_TRANSACTIONS_PREFIX : rejectedPrefix(subject.network);
}

/** Gives how many objects it has printed. */
async function printAll(objects: AsyncIterable<string>, request: FlaggedRequest, host: Host): Promise<number> {
  const readable = readableOf(request);
  const paint: Paint = paintFor(host.stdout);
  let count = 0;
  for await (const text of objects) {
    count++;
    const isRead = await print(host.stdout, isForPeople(request, host) ? readable(text, paint) : text);
    if (!isRead) break;
  }
  return count;
}

function readableOf({ subject, rejected }: FlaggedRequest): (lines: string, paint: Paint) => string {
  if (rejected) return readableRejected;
  return subject.of === 'transactions' ? readableAnomalies : readableFlagged;
}

function isForPeople({ json }: FlaggedRequest, { stdout }: Host): boolean {
  return stdout.isTTY === true && !json;
}

function nothing({ subject, rejected }: FlaggedRequest, load: number | undefined): string {
  if (subject.of === 'transactions') {
    return rejected ? 'No transaction has been rejected.' : 'No transaction has been found anomalous.';
  }
  const { network } = subject;
  if (rejected) return `In network ${network}, no line has been rejected.`;
  const since = load === undefined || load === 0 ? '' : ` since batch log ${load} was loaded`;
  return `In network ${network}, no purchase has been flagged${since}.`;
}
