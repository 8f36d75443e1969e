import { commitChange } from '../../lib/adapters/network/commit-change.ts';
import type { OutputStores } from '../../lib/adapters/network/outputs.ts';
import { settleOutputs } from '../../lib/adapters/network/settle-outputs.ts';
import { NoSuchObject, type ObjectStore, type OpenObject } from '../../lib/adapters/objects/object-store.ts';
import { isZipError, unzip } from '../../lib/adapters/unzip.ts';
import { isAnnounced } from '../../lib/adapters/uploads.ts';
import { loadOfGeneration } from '../../lib/core/cloud/commits.ts';
import { isNews, parseLogKey, withLoaded, type Drop, type LogKey } from '../../lib/core/cloud/drop.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import { refusalKey, rejectedOfLogKey, reportKey } from '../../lib/core/cloud/object-keys.ts';
import { reportText } from '../../lib/core/cloud/report-text.ts';
import { reject, type Parsed } from '../../lib/core/events/event.ts';
import type { NetworkDetector, UserState } from '../../lib/core/network/network-detector.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';
import { forgetUsers, type ForgottenUsers } from './forget-users.ts';
import { LoadLease, type LeaseOptions } from './load-lease.ts';
import { readBatchLog, type ReadBatchLog } from './read-batch-log.ts';
import { RejectedLines } from './rejected-lines.ts';

export interface BatchLogOptions extends LeaseOptions {
  readonly input: ObjectStore;
  readonly stores: OutputStores;
}

/** What became of a dropped batch log. Old news is a drop that the network has heard of, or a newer one than. */
export type LoadOutcome = 'loaded' | 'failed' | 'refused' | 'old news';

interface Load {
  readonly network: NetworkName;
  readonly drop: Drop;
  readonly key: LogKey;
  readonly lease: LoadLease;
  readonly rejected: RejectedLines;
}

interface LoadedLog extends ReadBatchLog {
  readonly forgotten: ForgottenUsers;
}

const USERS_PER_RENEWAL = 5000;
/** A request whose answer got lost is carried out by then, or never. */
const LATEST_REQUEST_MS = 30_000;

/** Loads batch logs that were dropped into the input bucket. */
export class BatchLog {
  readonly #options: BatchLogOptions;

  constructor(options: BatchLogOptions) {
    this.#options = options;
  }

  /** @throws what failed: to be tried again later. */
  async handle(drop: Drop, remainingMs: () => number): Promise<LoadOutcome> {
    const { output } = this.#options.stores;
    const key = parseLogKey(drop.key, 'batch_log.json');
    if (!key.ok) {
      await output.put(refusalKey(drop), reportText({ key: drop.key, outcome: 'refused', reason: key.reason }));
      return 'refused';
    }
    const { network } = key.value;
    const lease = await LoadLease.acquire({ network, drop, remainingMs }, this.#options);
    if (lease === undefined) {
      // Whoever loaded it may have died before its report was written.
      await settleOutputs(this.#options, await this.#options.log.head(network));
      return 'old news';
    }
    const rejected = new RejectedLines(output, (part) => rejectedOfLogKey(network, drop, part));
    try {
      return await this.#load({ network, drop, key: key.value, lease, rejected });
    } catch (error) {
      await lease.release().catch(() => undefined);
      throw error;
    }
  }

  async #load(load: Load): Promise<LoadOutcome> {
    const { input } = this.#options;
    let object: OpenObject;
    try {
      object = await input.open(load.drop.key);
    } catch (error) {
      if (!(error instanceof NoSuchObject)) throw error;
      return this.#fail(load, 'the object has been deleted');
    }
    try {
      return await this.#loadObject(load, object);
    } finally {
      object.discard();
    }
  }

  async #loadObject(load: Load, object: OpenObject): Promise<LoadOutcome> {
    const { lease, drop } = load;
    if (!isAnnounced(object, drop)) {
      await lease.end('superseded', {});
      return 'old news';
    }
    const { identity } = object;
    await lease.renew({ identity });
    const read = await this.#read(load, object);
    if (!read.ok) return this.#fail(load, read.reason);
    const forgotten = await forgetUsers(load, read.value.detector, this.#options.log);
    await this.#storeUsers(load, { ...read.value, forgotten });
    return this.#flip(load, { ...read.value, forgotten }, identity);
  }

  async #read({ key, lease, rejected }: Load, { body }: OpenObject): Promise<Parsed<ReadBatchLog>> {
    const { log } = this.#options;
    try {
      const read = await readBatchLog(key.isZipped ? unzip(body) : body, {
        keptFor: (tracked) => log.keptFor(tracked),
        onRejected: (line) => rejected.add(line),
        onProgress: async (events) => {
          await rejected.writeIfDue();
          await lease.renew({ events });
        },
      });
      await rejected.write();
      return read;
    } catch (error) {
      if (isZipError(error)) return reject(`the log cannot be unzipped: ${error.message}`);
      throw error;
    }
  }

  async #storeUsers({ network, lease }: Load, { detector, events, forgotten }: LoadedLog): Promise<void> {
    const { stores, sleep } = this.#options;
    const space = { network, generation: lease.generation };
    let areAllAnswered = true;
    for (let first = 0; first < detector.userCount; first += USERS_PER_RENEWAL) {
      const isAnswered = await stores.state.createUsers(space, forgotten.leftOf(usersFrom(detector, first)));
      areAllAnswered &&= isAnswered;
      await lease.renew({ events, users: Math.min(first + USERS_PER_RENEWAL, detector.userCount) });
    }
    // Users that the network has by then changed must not be written over by a request that comes late.
    if (!areAllAnswered) await sleep(LATEST_REQUEST_MS);
  }

  /** Makes the new users the network's, unless a newer log has been loaded meanwhile. */
  async #flip(load: Load, { detector, events, forgotten }: LoadedLog, identity: string): Promise<LoadOutcome> {
    const { network, drop, lease, rejected } = load;
    const counts = { events, users: detector.userCount };
    const change = (head: Head): Partial<Head> => ({
      generation: lease.generation,
      load: head.load + 1,
      parameters: detector.parameters,
      kept: detector.kept,
      sequence: detector.sequence,
      flushed: head.version + 1,
      loaded: withLoaded(head, drop, identity),
    });
    const reportOf = (head: Head): string =>
      reportText({
        key: drop.key,
        network,
        outcome: 'loaded',
        load: head.load + 1,
        D: detector.parameters.degrees,
        T: detector.parameters.tracked,
        ...counts,
        ...rejectedReport(rejected),
      });
    const isLoaded = await commitChange(
      network,
      (head) => {
        if (!isNews(head, drop)) return undefined;
        forgotten.expectAll(head);
        expectLater(lease, head);
        return { head: change(head), report: { key: reportKey(network, drop), text: reportOf(head) } };
      },
      this.#options,
    );
    await lease.end(isLoaded ? 'loaded' : 'superseded', counts);
    return isLoaded ? 'loaded' : 'old news';
  }

  async #fail({ network, drop, lease, rejected }: Load, reason: string): Promise<LoadOutcome> {
    const report = { key: drop.key, network, outcome: 'failed', reason, ...rejectedReport(rejected) };
    await this.#options.stores.output.put(reportKey(network, drop), reportText(report));
    await lease.end('failed', { reason });
    return 'failed';
  }
}

/** Generations before the network's own may be swept away, as it is deleted, or as a user is. */
function expectLater({ generation }: LoadLease, head: Head): void {
  if (loadOfGeneration(generation) > loadOfGeneration(head.generation)) return;
  throw new Error(`network ${head.network}: it has been loaded or deleted meanwhile; the log is loaded again`);
}

function* usersFrom(detector: NetworkDetector, first: number): Generator<UserState> {
  const end = Math.min(first + USERS_PER_RENEWAL, detector.userCount);
  for (let user = first; user < end; user++) {
    const state = detector.saveUser(detector.engine.ids.idOf(user));
    if (state !== undefined) yield state;
  }
}

function rejectedReport({ count, shown, keys }: RejectedLines): object {
  return { rejected: count, rejected_lines: shown, rejected_objects: keys };
}
