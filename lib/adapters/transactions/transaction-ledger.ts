import type { UserId } from '../../core/events/event.ts';
import { commitLines, type Judge } from '../../core/transactions-cloud/commit-lines.ts';
import type { LineOutcome } from '../../core/transactions-cloud/count-lines.ts';
import { idsIn, linesIn, sortGivenUp, type GivenUpLines } from '../../core/transactions-cloud/sort-given-up.ts';
import { LINES_PER_COMMIT } from '../../core/transactions-cloud/line-positions.ts';
import type { TransactionLine } from '../../core/transactions-cloud/transaction-lines.ts';
import type { UserHead } from '../../core/transactions-cloud/user-head.ts';
import { eachAtOnce } from '../state/each-at-once.ts';
import { LedgerBatch, type Applied, type PlannedCommit } from './ledger-batch.ts';
import { settleOutputs, writeOutputs, type LedgerStores } from './ledger-outputs.ts';
import { UserMemory } from './user-memory.ts';

export interface LedgerOptions {
  readonly stores: LedgerStores;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** For how long the stream keeps its records. */
  readonly retentionMs: number;
  /** For how long transactions are kept, from their arrival. */
  readonly keptMs: number;
  /** Users in memory at most; beyond, those that have been silent longest are forgotten. */
  readonly mostUsers: number;
  /** Lines of a user in one commit at most. */
  readonly linesPerCommit?: number;
}

type LinesByUser = ReadonlyMap<UserId, readonly TransactionLine[]>;

interface RedriveOptions {
  readonly judge: Judge;
  readonly isDryRun: boolean;
}

/** What became of lines that were given up. */
export interface RedrivenLines extends Omit<GivenUpLines, 'left'> {
  readonly putBack: number;
  /** Of the lines that were put back. */
  readonly outcomes: readonly LineOutcome[];
  /** When the last of them arrived, in milliseconds since 1970. */
  readonly arrivedAt: number;
  readonly failed: readonly unknown[];
}

const NOTHING_APPLIED = {
  outcomes: new Map<number, LineOutcome>(),
  failed: new Map<UserId, unknown>(),
} as const satisfies Pick<Applied, 'outcomes' | 'failed'>;

const COMMITS_AT_ONCE = 64;
const PAUSE_MS = 20;

/**
 * Applies transactions to their users, each user's strictly in order and once, whoever else does so at the same time. A
 * user's commit is one conditional write of their head; what it has to tell is written after it, and again, where its author
 * may have died, before the next commit. The heads in memory never change: whatever fails, they are as somebody committed
 * them, and the condition of the next commit tells whether they are still the latest.
 */
export class TransactionLedger {
  readonly #options: LedgerOptions;
  readonly #memory: UserMemory;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#memory = new UserMemory(options.mostUsers);
  }

  /** Applies what of the lines, each user's in order, has not been applied. Never throws: what failed is to come again later. */
  async apply(byUser: LinesByUser, judge: Judge): Promise<Applied> {
    return this.#applyAll(this.#batchOf(byUser, false), judge);
  }

  /**
   * Puts back what of lines that were given up is not stored: whatever the positions say, a transaction that is stored has been
   * applied. A dry run only tells. @throws what failed: to be tried again later
   */
  async redrive(byUser: LinesByUser, { judge, isDryRun }: RedriveOptions): Promise<RedrivenLines> {
    const batch = this.#batchOf(byUser, true);
    const heads = await this.#readHeads(batch);
    const { stores, now, keptMs, retentionMs } = this.#options;
    const owners = await stores.transactions.readOwners(idsIn(byUser));
    // What was committed together expires together, by the first that arrived.
    const certainFor = keptMs - Math.min(retentionMs, keptMs / 2);
    const isExpired = ({ at }: TransactionLine): boolean => at + certainFor <= now();
    const { left, ...counts } = sortGivenUp(byUser, { heads, owners, isExpired });
    const { outcomes, failed } = isDryRun ? NOTHING_APPLIED : await this.#applyAll(this.#batchOf(left, true), judge);
    const putBack = isDryRun ? linesIn(left).length : outcomes.size;
    const arrivedAt = Math.max(0, ...linesIn(left).map(({ at }) => at));
    return { ...counts, putBack, outcomes: [...outcomes.values()], arrivedAt, failed: [...failed.values()] };
  }

  #batchOf(byUser: LinesByUser, isRedriven: boolean): LedgerBatch {
    const { linesPerCommit = LINES_PER_COMMIT } = this.#options;
    return new LedgerBatch({ byUser, linesPerCommit, isRedriven });
  }

  async #applyAll(batch: LedgerBatch, judge: Judge): Promise<Applied> {
    while (batch.users.length > 0) {
      const { users } = batch;
      try {
        await this.#applyNext(batch, judge);
      } catch (error) {
        for (const user of users) this.forget(user);
        for (const user of batch.users) batch.fail(user, error);
      }
    }
    this.#memory.shrink();
    return batch.applied;
  }

  /** Its head has to be read again, and what its last commit has to tell made sure of. */
  forget(user: UserId): void {
    this.#memory.forget(user);
  }

  /** One commit of each user that has lines left. */
  async #applyNext(batch: LedgerBatch, judge: Judge): Promise<void> {
    const { stores, now, retentionMs, keptMs } = this.#options;
    const next = batch.next(await this.#readHeads(batch));
    const ids = next.flatMap(({ lines }) => lines.map(({ transaction }) => transaction.id));
    if (ids.length === 0) return;
    const owners = await stores.transactions.readOwners(ids);
    const options = { judge, owners, claims: batch.claims, detectedAt: now(), retentionMs, keptMs };
    const planned = next.map(({ head, lines }) => ({ before: head, head: commitLines(head, lines, options), lines }));
    const committed = await this.#commit(planned, batch);
    await writeOutputs(
      committed.map(({ head }) => head),
      stores,
    );
    for (const commit of committed) {
      this.#memory.remember(commit.head);
      batch.committed(commit);
    }
  }

  /** The heads of those users that something has been committed to; all of what these commits have to tell is written. */
  async #readHeads(batch: LedgerBatch): Promise<ReadonlyMap<UserId, UserHead>> {
    const { stores, now } = this.#options;
    const heads = new Map<UserId, UserHead>();
    const unknown: UserId[] = [];
    for (const user of batch.users) {
      const head = this.#memory.get(user);
      if (head === undefined) unknown.push(user);
      else heads.set(user, head);
    }
    batch.read(unknown);
    const read = unknown.length === 0 ? [] : [...(await stores.users.readUsers(unknown)).values()];
    await settleOutputs(read, stores, now());
    for (const head of read) {
      this.#memory.remember(head);
      heads.set(head.user, head);
    }
    return heads;
  }

  /** Gives the commits that are known to be made. */
  async #commit(planned: readonly PlannedCommit[], batch: LedgerBatch): Promise<PlannedCommit[]> {
    const { stores, sleep } = this.#options;
    const committed: PlannedCommit[] = [];
    let hasLost = false;
    await eachAtOnce(planned, COMMITS_AT_ONCE, async (commit) => {
      const { user } = commit.head;
      // Until its reply is there, nobody knows which head is the user's.
      this.forget(user);
      try {
        if (await stores.users.writeUser(commit.head)) committed.push(commit);
        else {
          hasLost = true;
          batch.lost(user);
        }
      } catch (error) {
        batch.fail(user, error);
      }
    });
    if (hasLost) await sleep(PAUSE_MS);
    return committed;
  }
}
