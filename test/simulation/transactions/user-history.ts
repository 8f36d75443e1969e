import { isDeepStrictEqual } from 'node:util';
import { TRANSACTION_DETECTORS } from '../../../lib/core/transactions/detectors.ts';
import { saveFeatures } from '../../../lib/core/transactions/features.ts';
import type { Model } from '../../../lib/core/transactions/model.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import type { TransactionId } from '../../../lib/core/transactions/transaction.ts';
import { originOf } from '../../../lib/core/transactions-cloud/line-origin.ts';
import type { StoredTransaction } from '../../../lib/core/transactions-cloud/stored-transaction.ts';
import type { UserCommit, UserHead, UserTotals } from '../../../lib/core/transactions-cloud/user-head.ts';
import type { SentTransaction } from './sent-lines.ts';

export interface UserHistoryOptions {
  readonly user: string;
  /** All of the stream, by the shards' ids; each in order. */
  readonly sent: ReadonlyMap<string, readonly SentTransaction[]>;
  readonly mode: keyof typeof TRANSACTION_DETECTORS;
  readonly keptMs: number;
  readonly modelOf: (version: string) => Model | undefined;
  /** When another user's transaction of an id was stored first; undefined if never. */
  readonly storedForAnother: (id: TransactionId) => number | undefined;
}

/** A head as it was put. */
export interface PutHead {
  readonly head: UserHead;
  readonly at: number;
}

export interface ToldCommit {
  readonly version: number;
  readonly arrivedAt: number;
  readonly anomalies: readonly StoredTransaction[];
  readonly rejected: readonly SentTransaction[];
}

/** An invocation takes no longer, so whoever committed by then must have seen what was stored before. */
const LONGEST_INVOCATION_MS = 16 * 60_000;

/** What a user's commits say has happened, worked out anew from what was sent: each line once, judged and learnt plainly. */
export class UserHistory {
  readonly faults: string[] = [];
  readonly accepted: StoredTransaction[] = [];
  readonly told: ToldCommit[] = [];
  readonly #options: UserHistoryOptions;
  /** Lines applied of each shard. */
  readonly #applied = new Map<string, number>();
  #profile = Profile.empty();
  #totals: UserTotals = { transactions: 0, anomalies: 0, duplicates: 0, foreign: 0 };
  #version = 0;

  constructor(options: UserHistoryOptions) {
    this.#options = options;
  }

  get totals(): UserTotals {
    return this.#totals;
  }

  commit({ head, at }: PutHead): void {
    if (head.version !== ++this.#version) this.#fault(`version ${head.version} was put where ${this.#version} was due`);
    const lines = this.#newLines(head);
    if (lines.length === 0) this.#rebuild(head, at);
    else this.#apply(head, lines);
    if (!isDeepStrictEqual(head.totals, this.#totals)) {
      this.#fault(`version ${head.version} counts ${JSON.stringify(head.totals)}, not ${JSON.stringify(this.#totals)}`);
    }
    if (!isSame(head.profile, this.#profile.save())) this.#fault(`version ${head.version} has another profile`);
  }

  end(): void {
    for (const [shard, sent] of this.#options.sent) {
      const left = this.#own(sent).slice(this.#applied.get(shard) ?? 0);
      for (const { text } of left) this.#fault(`never applied: ${text}`);
    }
  }

  #fault(text: string): void {
    this.faults.push(`${this.#options.user}: ${text}`);
  }

  #own(sent: readonly SentTransaction[]): SentTransaction[] {
    return sent.filter(({ transaction }) => transaction?.user === this.#options.user);
  }

  /** The user's lines between the positions before and now. */
  #newLines(head: UserHead): SentTransaction[] {
    return Object.entries(head.shards).flatMap(([shard, { sequenceNumber, line }]) => {
      const own = this.#own(this.#options.sent.get(shard) ?? []);
      const start = this.#applied.get(shard) ?? 0;
      const end = own.findIndex((sent) => sent.record.sequenceNumber === sequenceNumber && sent.line === line) + 1;
      if (end === 0) this.#fault(`version ${head.version} stands at ${sequenceNumber}/${line}, which is no line`);
      if (end < start) this.#fault(`version ${head.version} goes back in ${shard}`);
      this.#applied.set(shard, Math.max(start, end));
      return own.slice(start, end);
    });
  }

  #apply(head: UserHead, lines: readonly SentTransaction[]): void {
    const { commit } = head;
    const before = this.accepted.length;
    const rejected = lines.filter((line) => this.#applyLine(line, commit, before));
    const judged = this.accepted.slice(before);
    if ((commit?.judged.length ?? 0) !== judged.length || (commit?.rejected.length ?? 0) !== rejected.length) {
      this.#fault(`version ${head.version} tells of other lines than it covers`);
    }
    if (commit === undefined) return;
    if (commit.arrivedAt !== Math.round(lines[0]?.record.at ?? 0))
      this.#fault(`version ${head.version} did not arrive then`);
    const anomalies = judged.filter(({ judgement }) => judgement.isAnomaly);
    this.told.push({ version: head.version, arrivedAt: commit.arrivedAt, anomalies, rejected });
  }

  /** Gives whether it is rejected. */
  #applyLine(line: SentTransaction, commit: UserCommit | undefined, before: number): boolean {
    const { transaction, record } = line;
    if (transaction === undefined) return false;
    const isRejected = commit?.rejected.some(
      (one) => one.sequenceNumber === record.sequenceNumber && one.line === line.line,
    );
    if (isRejected === true) {
      this.#totals = { ...this.#totals, foreign: this.#totals.foreign + 1 };
      const others = [...this.#options.sent.values()].flat().map((sent) => sent.transaction);
      const isForeign = others.some((other) => other?.id === transaction.id && other.user !== transaction.user);
      if (!isForeign) this.#fault(`rejected though nobody else has sent it: ${line.text}`);
      return true;
    }
    const known = this.accepted.findLast((one) => one.transaction.id === transaction.id);
    const next = commit?.judged[this.accepted.length - before];
    const mayBeForgotten = known !== undefined && commit !== undefined && known.expiresAt <= commit.detectedAt;
    if (known !== undefined && !(mayBeForgotten && next?.transaction.id === transaction.id)) {
      this.#totals = { ...this.#totals, duplicates: this.#totals.duplicates + 1 };
    } else if (commit === undefined) this.#fault(`not judged: ${line.text}`);
    else this.#judge(line, commit, next);
    return false;
  }

  #judge(
    { transaction, text, record, shard, line }: SentTransaction,
    commit: UserCommit,
    found: UserCommit['judged'][number] | undefined,
  ) {
    if (transaction === undefined) return;
    const { mode, keptMs, modelOf, storedForAnother } = this.#options;
    const model = commit.model === undefined ? undefined : modelOf(commit.model);
    if (commit.model !== undefined && model === undefined) this.#fault(`judged by ${commit.model}, which is no model`);
    const fresh = TRANSACTION_DETECTORS[mode].judge({ transaction, profile: this.#profile, model });
    this.#profile.learn(transaction, fresh);
    const judgement = { ...fresh, features: saveFeatures(fresh.features) };
    const origin = originOf({ shard, sequenceNumber: record.sequenceNumber, line });
    if (!isDeepStrictEqual(plain(found), plain({ transaction, judgement, origin }))) {
      this.#fault(`judged as ${JSON.stringify(plain(found))}, not as ${JSON.stringify(plain(judgement))}: ${text}`);
    }
    const foreignSince = storedForAnother(transaction.id);
    if (foreignSince !== undefined && foreignSince < commit.detectedAt - LONGEST_INVOCATION_MS) {
      this.#fault(`judged though another user has had it for long: ${text}`);
    }
    const { totals } = { totals: this.#totals };
    this.accepted.push({
      transaction,
      judgement,
      origin,
      mode,
      ...(commit.model !== undefined && { model: commit.model }),
      detectedAt: commit.detectedAt,
      arrivedAt: commit.arrivedAt,
      expiresAt: commit.arrivedAt + keptMs,
      ordinal: totals.transactions,
    });
    this.#totals = {
      ...totals,
      transactions: totals.transactions + 1,
      anomalies: totals.anomalies + Number(judgement.isAnomaly),
    };
  }

  /** A profile may be learnt anew from all that had not expired. */
  #rebuild(head: UserHead, at: number): void {
    if (head.commit !== undefined) this.#fault(`version ${head.version} covers no line, and tells of some`);
    for (let first = 0; first <= this.accepted.length; first++) {
      const profile = Profile.empty();
      for (const { transaction, judgement } of this.accepted.slice(first)) profile.learn(transaction, judgement);
      if (isSame(head.profile, profile.save())) {
        this.#profile = profile;
        return;
      }
      if ((this.accepted[first]?.expiresAt ?? Infinity) > at) break;
    }
    this.#fault(`version ${head.version} has a profile that its history does not make`);
  }
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}

/** Texts compare, whatever arrays hold the bytes, and absent fields are as good as undefined ones. */
export function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, part: unknown) => {
      if (part instanceof Uint8Array) return Buffer.from(part).toString('base64');
      return typeof part === 'bigint' ? String(part) : part;
    }),
  );
}
