import { bodylessToken, commitsAfter, nextHead, tokenOf } from '../../core/cloud/commits.ts';
import type { Head } from '../../core/cloud/head.ts';
import type { UserId } from '../../core/events/event.ts';
import { eventsOf, judgeLines } from '../../core/cloud/judge-lines.ts';
import type { CommitBody } from '../../core/cloud/commit-body.ts';
import { movedPositions } from '../../core/cloud/deletions.ts';
import { advancePositions } from '../../core/cloud/positions.ts';
import type { ArrivedRecord } from '../../core/cloud/records-by-network.ts';
import { placesIn, selectGivenUp, type GivenUp } from '../../core/cloud/redrive/select-given-up.ts';
import { selectLines, type Selection } from '../../core/cloud/select-lines.ts';
import { addToTally, type Counted } from '../../core/cloud/tally.ts';
import { canFollow, WorkingSet } from '../../core/cloud/working-set.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { NoSuchObject } from '../objects/object-store.ts';
import { StaleReadError } from '../state/state-store.ts';
import type { CommitLog } from './commit-log.ts';
import { findVerdicts } from './find-verdicts.ts';
import type { OutputStores } from './outputs.ts';
import { settleOutputs } from './settle-outputs.ts';
import { DiscreetError } from '../telemetry/discreet-error.ts';

export interface SessionOptions {
  readonly log: CommitLog;
  readonly stores: OutputStores;
  /** A text that nobody else makes, of 8 characters of base64url. */
  readonly newToken: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Users are stored every so many commits. */
  readonly flushEvery: number;
  /** Beyond so many users in memory, it is emptied after a batch. */
  readonly mostUsers: number;
  readonly retentionMs: number;
}

/** What became of a batch. */
export interface Applied {
  readonly events: number;
  readonly flagged: number;
  readonly rejected: number;
  /** How many attempts were lost to others who committed first. */
  readonly conflicts: number;
  /** Users that were not in memory, and had to be read. */
  readonly usersRead: number;
  /** What was made of them; undefined where all had been applied before. */
  readonly commit: Pick<CommitBody, 'version' | 'load' | 'sourceCovers'> | undefined;
}

/** What became of the lines of records that were given up. */
export interface Redriven extends Omit<GivenUp, 'selection'> {
  readonly putBack: number;
}

const MOST_CONFLICTS = 20;
const PAUSE_MS = 20;

/**
 * One network in one function's memory. Memory is trusted only from a confirmed commit to the next attempt: whatever fails
 * in between, the next attempt starts from the head.
 */
export class NetworkSession {
  readonly #network: NetworkName;
  readonly #options: SessionOptions;
  #memory: WorkingSet | undefined;
  /** The outputs of the commit of this token are known to be written, and so are those of all before it. */
  #settled: string | undefined;
  /** Since the latest batch began. */
  #usersRead = 0;
  #request: string | undefined;

  constructor(network: NetworkName, options: SessionOptions) {
    this.#network = network;
    this.#options = options;
  }

  /** Users in memory. */
  get userCount(): number {
    return this.#memory?.detector.userCount ?? 0;
  }

  /** Empties the memory. */
  forget(): void {
    this.#memory = undefined;
  }

  /**
   * Applies what of the records, all lines of which are the network's, has not been applied: as one commit, in which the id
   * of the request is noted. @throws what failed: to be tried again later.
   */
  async apply(records: readonly ArrivedRecord[], request?: string): Promise<Applied> {
    this.#usersRead = 0;
    this.#request = request;
    const { result, conflicts } = await this.#untilNoConflict(() => this.#attempt(records));
    const { events = [], flagged = [], rejected = [] } = result ?? {};
    const counts = { events: events.length, flagged: flagged.length, rejected: rejected.length };
    return { ...counts, conflicts, usersRead: this.#usersRead, commit: result && commitOf(result) };
  }

  /**
   * Puts back what of records that were given up has not been applied: as one commit, after all that has been applied meanwhile. The
   * records are all that the stream held of the network between the first and the last. A dry run only tells.
   */
  async redrive(records: readonly ArrivedRecord[], { isDryRun }: { readonly isDryRun: boolean }): Promise<Redriven> {
    const { result } = await this.#untilNoConflict(async () => {
      const memory = await this.#upToDate();
      const { log, retentionMs } = this.#options;
      const verdicts = await findVerdicts(placesIn(records), { log, head: memory.head, retentionMs });
      const { selection, ...counts } = selectGivenUp(memory.head, records, verdicts);
      const told = { ...counts, putBack: selection.lines.length };
      if (isDryRun || selection.lines.length === 0) return told;
      await this.#flushIfDue(memory);
      await this.#restoreFor(memory, selection);
      return (await this.#commit(memory, selection)) === 'conflict' ? 'conflict' : told;
    });
    return result;
  }

  /** Stores all users that are not up to date, whoever changed them; gives the number of commits that were pending. */
  async flush(): Promise<number> {
    const { result } = await this.#untilNoConflict(() => this.#flushAll());
    return result;
  }

  /** Tries again, from the head, as long as others commit in between. */
  async #untilNoConflict<Result>(
    attempt: () => Promise<Result | 'conflict'>,
  ): Promise<{ readonly result: Result; readonly conflicts: number }> {
    for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
      const result = await attempt().catch(conflictOf);
      if (result !== 'conflict') return { result, conflicts };
      this.forget();
      await this.#options.sleep(PAUSE_MS * conflicts);
    }
    throw new DiscreetError(`network ${this.#network}: others committed first ${MOST_CONFLICTS} times in a row`);
  }

  async #attempt(records: readonly ArrivedRecord[]): Promise<CommitBody | 'conflict' | undefined> {
    const memory = await this.#upToDate();
    await this.#flushIfDue(memory);
    const selection = selectLines(memory.head, records);
    // Lines of a source that are left out as deleted are not to count when they are put again.
    if (selection.lines.length + selection.sourceCovers.length === 0) return undefined;
    await this.#restoreFor(memory, selection);
    return this.#commit(memory, selection);
  }

  async #flushAll(): Promise<number> {
    const memory = await this.#upToDate();
    const pending = memory.pendingCommits;
    if (pending > 0) await this.#flush(memory);
    if (listsPending(memory.head)) await this.#noteFlush(memory);
    return pending;
  }

  async #commit(memory: WorkingSet, selection: Selection): Promise<CommitBody | 'conflict'> {
    const { log, newToken, now, retentionMs, mostUsers } = this.#options;
    this.forget();
    const judged = judgeLines(memory.detector, memory.head, selection);
    const body = this.#request === undefined ? judged : { ...judged, request: this.#request };
    const isEmpty = selection.lines.length === 0;
    const token = isEmpty ? bodylessToken(newToken()) : newToken();
    if (!isEmpty) await log.writeBody(this.#network, token, body);
    const head = nextHead(memory.head, token, {
      ...advancePositions(memory.head, { ...selection, retentionMs }),
      sequence: memory.detector.sequence,
      tally: addToTally(memory.head.tally, { ...countedIn(body, selection), appliedAt: now() }),
      flushed: memory.flushed,
      ...(isEmpty && movedPositions(memory.head)),
    });
    if (!(await log.commit(head))) return 'conflict';
    memory.confirm(head, isEmpty ? [] : [body]);
    this.#memory = memory;
    await this.#settle(memory);
    await this.#flushIfDue(memory);
    if (this.userCount > mostUsers) this.forget();
    return body;
  }

  /** Memory as of the head as it is now, from where it stood or from nothing. */
  async #upToDate(): Promise<WorkingSet> {
    const { log } = this.#options;
    const head = await log.head(this.#network);
    let memory = this.#memory;
    if (memory !== undefined && canFollow(memory.head, head)) {
      memory.follow(head, await log.bodiesAfter(head, memory.head.version));
    } else {
      memory = new WorkingSet(head, await log.bodiesAfter(head, head.flushed));
    }
    this.#memory = memory;
    await this.#settle(memory);
    return memory;
  }

  /** Makes sure that the outputs of the last commit are written: nobody commits before they are. */
  async #settle({ head, lastBody }: WorkingSet): Promise<void> {
    const token = tokenOf(head, head.version);
    if (this.#settled === token) return;
    const { log, stores } = this.#options;
    await settleOutputs({ log, stores }, head, lastBody);
    this.#settled = token;
  }

  async #restoreFor(memory: WorkingSet, selection: Selection): Promise<void> {
    const events = eventsOf(selection);
    for (;;) {
      const missing = memory.missing(events);
      if (missing.length === 0) return;
      await this.#restore(memory, missing);
    }
  }

  async #restore(memory: WorkingSet, ids: readonly UserId[]): Promise<void> {
    const { head } = memory;
    const stored = await this.#options.stores.state.readUsers(head, ids);
    this.#usersRead += ids.length;
    for (const { version } of stored.values()) {
      if (version > head.version)
        throw new StaleReadError(`a user is of version ${version}, the head of ${head.version}`);
    }
    memory.restore(ids, stored);
  }

  async #flushIfDue(memory: WorkingSet): Promise<void> {
    if (memory.pendingCommits >= this.#options.flushEvery) await this.#flush(memory);
  }

  async #flush(memory: WorkingSet): Promise<void> {
    const missing = memory.missingChanged();
    if (missing.length > 0) await this.#restore(memory, missing);
    memory.stored(await this.#options.stores.state.writeUsers(memory.head, memory.changed()));
  }

  /** So that the next one who comes cold need not read the bodies. */
  async #noteFlush(memory: WorkingSet): Promise<void> {
    const { log, newToken } = this.#options;
    this.forget();
    const head = nextHead(memory.head, bodylessToken(newToken()), { flushed: memory.flushed });
    if (!(await log.commit(head))) return;
    memory.confirm(head, []);
    this.#memory = memory;
    this.#settled = tokenOf(head, head.version);
  }
}

function commitOf({ version, load, sourceCovers }: CommitBody): Applied['commit'] {
  return { version, load, ...(sourceCovers && { sourceCovers }) };
}

function countedIn(
  { events, flagged, rejected, redriven }: CommitBody,
  { lines }: Selection,
): Omit<Counted, 'appliedAt'> {
  const at = lines.reduce((latest, { record }) => Math.max(latest, record.at), 0);
  return { events: events.length, flagged: flagged.length, rejected: rejected.length, at, redriven };
}

/** What was read is not of the head that was read before: somebody else has committed. */
function conflictOf(error: unknown): 'conflict' {
  if (error instanceof StaleReadError || error instanceof NoSuchObject) return 'conflict';
  throw error;
}

/** Whether whoever comes cold has bodies to read. */
function listsPending(head: Head): boolean {
  return commitsAfter(head, head.flushed)?.some(({ hasBody }) => hasBody) ?? false;
}
