import type { UserId } from '../../core/events/event.ts';
import type { TransactionId } from '../../core/transactions/transaction.ts';
import type { LineOutcome } from '../../core/transactions-cloud/count-lines.ts';
import { originOf } from '../../core/transactions-cloud/line-origin.ts';
import { isApplied, isBeforeDeletion, takeForCommit } from '../../core/transactions-cloud/line-positions.ts';
import type { TransactionLine } from '../../core/transactions-cloud/transaction-lines.ts';
import { newUser, type UserHead, type UserTotals } from '../../core/transactions-cloud/user-head.ts';
import { DiscreetError } from '../telemetry/discreet-error.ts';

/** What became of some lines. */
export interface Applied {
  readonly transactions: number;
  readonly anomalies: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** How many commits were lost to others who were first. */
  readonly conflicts: number;
  /** Users that were not in memory, and had to be read. */
  readonly usersRead: number;
  /** The users some of whose lines have not been applied, and why. */
  readonly failed: ReadonlyMap<UserId, unknown>;
  /** What became of the lines that were applied now, not before, by their origins. */
  readonly outcomes: ReadonlyMap<number, LineOutcome>;
}

/** The lines that are to be committed next. */
export interface NextLines {
  readonly head: UserHead;
  readonly lines: readonly TransactionLine[];
}

export interface PlannedCommit {
  readonly before: UserHead;
  readonly head: UserHead;
  /** Those that it applies. */
  readonly lines: readonly TransactionLine[];
}

const MOST_CONFLICTS = 20;

export interface LedgerBatchOptions {
  readonly byUser: ReadonlyMap<UserId, readonly TransactionLine[]>;
  /** At most. */
  readonly linesPerCommit: number;
  /** The lines had been given up, and are known not to be applied: positions beyond them say nothing. */
  readonly isRedriven: boolean;
}

/** How far a batch of lines has been applied. */
export class LedgerBatch {
  /** Lines that have not been applied, as far as is known. */
  readonly #pending: Map<UserId, readonly TransactionLine[]>;
  /** Who has an id first in this batch. */
  readonly claims: ReadonlyMap<TransactionId, UserId>;
  readonly #linesPerCommit: number;
  readonly #isRedriven: boolean;
  readonly #redriven = new Set<TransactionLine>();
  readonly #conflicts = new Map<UserId, number>();
  readonly #failed = new Map<UserId, unknown>();
  readonly #outcomes = new Map<number, LineOutcome>();
  #conflictCount = 0;
  #usersRead = 0;
  #totals: UserTotals = { transactions: 0, anomalies: 0, duplicates: 0, foreign: 0 };

  constructor({ byUser, linesPerCommit, isRedriven }: LedgerBatchOptions) {
    this.#linesPerCommit = linesPerCommit;
    this.#isRedriven = isRedriven;
    this.#pending = new Map(byUser);
    const claims = new Map<TransactionId, UserId>();
    for (const { transaction } of [...byUser.values()].flat()) {
      if (!claims.has(transaction.id)) claims.set(transaction.id, transaction.user);
    }
    this.claims = claims;
  }

  get users(): UserId[] {
    return [...this.#pending.keys()];
  }

  get applied(): Applied {
    const { foreign: rejected, ...totals } = this.#totals;
    const [conflicts, usersRead] = [this.#conflictCount, this.#usersRead];
    return { ...totals, rejected, conflicts, usersRead, failed: this.#failed, outcomes: this.#outcomes };
  }

  /** What each user is to commit next; those who have nothing left are done. */
  next(heads: ReadonlyMap<UserId, UserHead>): NextLines[] {
    const next: NextLines[] = [];
    for (const [user, lines] of this.#pending) {
      const head = heads.get(user) ?? newUser(user);
      const left = lines.filter((line) => !this.#isApplied(head, line));
      if (left.length === 0) this.#pending.delete(user);
      else next.push({ head, lines: takeForCommit(left, this.#linesPerCommit) });
    }
    return next;
  }

  read(users: readonly UserId[]): void {
    this.#usersRead += users.length;
  }

  #isApplied(head: UserHead, line: TransactionLine): boolean {
    return this.#isRedriven ? this.#redriven.has(line) || isBeforeDeletion(head, line) : isApplied(head, line);
  }

  committed({ before, head: { totals, commit }, lines }: PlannedCommit): void {
    for (const line of lines) {
      this.#outcomes.set(originOf(line), 'nothing');
      this.#redriven.add(line);
    }
    for (const { origin, judgement } of commit?.judged ?? []) {
      this.#outcomes.set(origin, judgement.isAnomaly ? 'anomaly' : 'normal');
    }
    for (const line of commit?.rejected ?? []) this.#outcomes.set(originOf(line), 'rejected');
    const gained = (name: keyof UserTotals): number => this.#totals[name] + totals[name] - before.totals[name];
    this.#totals = {
      transactions: gained('transactions'),
      anomalies: gained('anomalies'),
      duplicates: gained('duplicates'),
      foreign: gained('foreign'),
    };
  }

  /** Somebody else has committed first. */
  lost(user: UserId): void {
    this.#conflictCount++;
    const conflicts = (this.#conflicts.get(user) ?? 0) + 1;
    this.#conflicts.set(user, conflicts);
    if (conflicts > MOST_CONFLICTS) {
      this.fail(user, new DiscreetError(`others committed a user first ${conflicts} times in a row`));
    }
  }

  /** The rest of the user's lines is to come again later. */
  fail(user: UserId, error: unknown): void {
    this.#pending.delete(user);
    this.#failed.set(user, error);
  }
}
