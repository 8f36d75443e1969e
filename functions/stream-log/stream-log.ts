import type { CommitLog } from '../../lib/adapters/network/commit-log.ts';
import {
  NoSuchObject,
  type FoundObject,
  type ObjectStore,
  type OpenObject,
} from '../../lib/adapters/objects/object-store.ts';
import type { StateStore } from '../../lib/adapters/state/state-store.ts';
import type { EventStream } from '../../lib/adapters/stream/event-stream.ts';
import { putLog } from '../../lib/adapters/stream/put-log.ts';
import { isZipError, unzip } from '../../lib/adapters/unzip.ts';
import { isAnnounced } from '../../lib/adapters/uploads.ts';
import { isDroppedBeforeDeletion, logKeysOf, parseLogKey, type Drop, type LogKey } from '../../lib/core/cloud/drop.ts';
import { refusalKey, rejectedOfLogKey, rejectedOfLogPrefix, reportKey } from '../../lib/core/cloud/object-keys.ts';
import { LARGEST_RECORD, type OverlongLine } from '../../lib/core/cloud/record-writer.ts';
import { reportText } from '../../lib/core/cloud/report-text.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';

export interface StreamLogOptions {
  readonly input: ObjectStore;
  readonly output: ObjectStore;
  readonly state: StateStore;
  readonly log: CommitLog;
  readonly stream: EventStream;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What became of a dropped stream log; one that is not finished goes on in another invocation; old news has been put before, or its network is deleted. */
export type StreamLogOutcome = 'put' | 'failed' | 'refused' | 'unfinished' | 'old news';

interface Putting {
  readonly network: NetworkName;
  readonly key: LogKey;
  readonly drop: Drop;
  readonly remainingMs: () => number;
}

/** With less time than this left, the rest is for another invocation. */
const LEAST_TIME_MS = 30_000;
const POLL_MS = 1000;
/** For so long after a stream log a batch log counts as dropped with it: uploads of one folder take turns. */
const TOGETHER_MS = 5000;
/** A load takes minutes; one that has not come to an end by then has failed for good. */
const LONGEST_WAIT_MS = 2 * 60 * 60 * 1000;

const REPLACED = 'the object has been replaced by another before all of it was put; the other is put for itself';

/** Puts stream logs that were dropped into the input bucket on the stream. */
export class StreamLog {
  readonly #options: StreamLogOptions;

  constructor(options: StreamLogOptions) {
    this.#options = options;
  }

  /** @throws what failed: to be tried again later, from where it has come to. */
  async handle(drop: Drop, remainingMs: () => number): Promise<StreamLogOutcome> {
    const { output, input, log } = this.#options;
    const key = parseLogKey(drop.key, 'stream_log.json');
    if (!key.ok) {
      await output.put(refusalKey(drop), reportText({ key: drop.key, outcome: 'refused', reason: key.reason }));
      return 'refused';
    }
    const { network } = key.value;
    const putting = { network, key: key.value, drop, remainingMs };
    // Its report would be left of a network that is deleted.
    if (isDroppedBeforeDeletion(await log.head(network), drop)) return 'old news';
    if ((await output.find(reportKey(network, drop))) !== undefined) return 'old news';
    const found = await input.find(drop.key);
    if (found === undefined) return this.#fail(putting, 'the object has been deleted');
    if (!isAnnounced(found, drop)) return this.#fail(putting, REPLACED);
    return (await this.#waitForLoad(putting, found)) ?? this.#put(putting);
  }

  /** Waits until the batch log that was dropped before or with the stream log is loaded, or has failed. */
  async #waitForLoad(putting: Putting, { lastModified }: FoundObject): Promise<StreamLogOutcome | undefined> {
    const { now, sleep } = this.#options;
    const together = lastModified.getTime() + TOGETHER_MS;
    for (;;) {
      const due = await this.#loadDue(putting.network, together);
      if (due === undefined && now() >= together) return undefined;
      if (due !== undefined && now() >= lastModified.getTime() + LONGEST_WAIT_MS) {
        return this.#fail(putting, `${due} has been waiting to be loaded for too long; drop it again, then this log`);
      }
      if (putting.remainingMs() < LEAST_TIME_MS) return 'unfinished';
      await sleep(POLL_MS);
    }
  }

  /** The key of a batch log that was dropped until then, and has neither been loaded nor failed nor been outdone by another. */
  async #loadDue(network: NetworkName, until: number): Promise<string | undefined> {
    const { input, log, state } = this.#options;
    const { loaded } = await log.head(network);
    const last = await state.readLoad(network);
    for (const key of logKeysOf(network, 'batch_log.json')) {
      const found = await input.find(key);
      if (found === undefined || found.lastModified.getTime() > until) continue;
      const isLoaded = loaded[key]?.identity === found.identity;
      const isLast = last?.phase !== 'loading' && last?.key === key && last.identity === found.identity;
      const hasEnded = isLast || last?.failed?.[key] === found.identity;
      const isOutdone = Object.values(loaded).some(({ at }) => at > found.lastModified.getTime());
      if (!isLoaded && !hasEnded && !isOutdone) return key;
    }
    return undefined;
  }

  async #put(putting: Putting): Promise<StreamLogOutcome> {
    let object: OpenObject | undefined;
    try {
      object = await this.#options.input.open(putting.drop.key);
      return await this.#putObject(putting, object);
    } catch (error) {
      if (error instanceof NoSuchObject) return this.#fail(putting, 'the object has been deleted');
      if (isZipError(error)) return this.#fail(putting, `the log cannot be unzipped: ${error.message}`);
      throw error;
    } finally {
      object?.discard();
    }
  }

  async #putObject(putting: Putting, object: OpenObject): Promise<StreamLogOutcome> {
    const { network, drop, key, remainingMs } = putting;
    const { state, stream } = this.#options;
    if (!isAnnounced(object, drop)) return this.#fail(putting, REPLACED);
    const source = sourceOf(drop);
    let lines = (await state.readProgress(source)) ?? 0;
    const isComplete = await putLog(key.isZipped ? unzip(object.body) : object.body, {
      stream,
      network,
      source,
      dropped: drop.at,
      from: lines,
      onPut: async ({ next }) => {
        lines = next;
        await state.writeProgress(source, lines);
        return remainingMs() >= LEAST_TIME_MS;
      },
      onOverlong: (line) => this.#reject(putting, line),
    });
    if (!isComplete) return 'unfinished';
    await this.#report(putting, { outcome: 'put', lines, rejected_objects: await this.#rejectedKeys(putting) });
    return 'put';
  }

  /** Keeps a line that the stream cannot take. */
  async #reject({ network, drop }: Putting, { offset, bytes }: OverlongLine): Promise<void> {
    const reason = `longer than the ${LARGEST_RECORD} bytes that a record of the stream holds`;
    const rejected = { reason, line: new TextDecoder().decode(bytes), line_number: offset + 1 };
    const key = rejectedOfLogKey(network, drop, offset + 1);
    await this.#options.output.put(key, `${JSON.stringify(rejected)}\n`, 'application/x-ndjson');
  }

  async #rejectedKeys({ network, drop }: Putting): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.#options.output.list(rejectedOfLogPrefix(network, drop))) keys.push(key);
    return keys;
  }

  async #fail(putting: Putting, reason: string): Promise<StreamLogOutcome> {
    await this.#report(putting, { outcome: 'failed', reason });
    return 'failed';
  }

  async #report({ network, drop }: Putting, report: object): Promise<void> {
    await this.#options.output.put(reportKey(network, drop), reportText({ key: drop.key, network, ...report }));
  }
}

/** The same however often the drop is announced; another for whatever is dropped later. */
function sourceOf({ key, sequencer }: Drop): string {
  // Sequencers tell the events of one key apart, and may be the same for different keys.
  return `${key}@${sequencer}`;
}
