import type { UserId } from '../events/event.ts';
import type { TransactionMode } from '../transactions/detectors.ts';
import type { TransactionDetector } from '../transactions/transaction-detector.ts';
import { saveFeatures } from '../transactions/features.ts';
import type { Model } from '../transactions/model.ts';
import { Profile } from '../transactions/profile.ts';
import type { TransactionId } from '../transactions/transaction.ts';
import { originOf } from './line-origin.ts';
import { advanceBy, shortened } from './line-positions.ts';
import type { JudgedTransaction } from './stored-transaction.ts';
import type { TransactionLine } from './transaction-lines.ts';
import type { RejectedLine, UserCommit, UserHead } from './user-head.ts';

/** By what transactions are judged. */
export interface Judge {
  readonly detector: TransactionDetector;
  readonly mode: TransactionMode;
  readonly model: VersionedModel | undefined;
}

export interface VersionedModel {
  readonly version: string;
  readonly model: Model;
}

export interface CommitOptions {
  readonly judge: Judge;
  /** Whose the ids are that are stored. */
  readonly owners: ReadonlyMap<TransactionId, UserId>;
  /** Who is to have an id that several users want at the same time. */
  readonly claims: ReadonlyMap<TransactionId, UserId>;
  readonly detectedAt: number;
  /** For how long the stream keeps its records. */
  readonly retentionMs: number;
  /** For how long transactions are kept, from their arrival. */
  readonly keptMs: number;
}

/**
 * Judges and learns a user's lines, one after the other, and gives the head of the commit that makes it so. The lines are at
 * least one, and none has been applied.
 */
export function commitLines(head: UserHead, lines: readonly TransactionLine[], options: CommitOptions): UserHead {
  const { judge, owners, claims, detectedAt, retentionMs, keptMs } = options;
  const { detector, mode, model } = judge;
  const profile = head.profile === undefined ? Profile.empty() : Profile.restore(head.profile);
  const judged: JudgedTransaction[] = [];
  const rejected: RejectedLine[] = [];
  const seen = new Set<TransactionId>();
  let { anomalies, duplicates } = head.totals;
  for (const line of lines) {
    const { transaction } = line;
    const owner = owners.get(transaction.id);
    if ((owner ?? claims.get(transaction.id) ?? head.user) !== head.user) rejected.push(foreign(line));
    else if (owner !== undefined || seen.has(transaction.id)) duplicates++;
    else {
      const judgement = detector.judge({ transaction, profile, model: model?.model });
      profile.learn(transaction, judgement);
      const stored = { ...judgement, features: saveFeatures(judgement.features) };
      judged.push({ transaction, judgement: stored, origin: originOf(line) });
      anomalies += Number(judgement.isAnomaly);
      seen.add(transaction.id);
    }
  }
  const { transactions, foreign: foreignBefore } = head.totals;
  const arrivedAt = Math.min(...lines.map(({ at }) => at));
  const commit: UserCommit = {
    mode,
    ...(model && { model: model.version }),
    detectedAt,
    arrivedAt,
    expiresAt: arrivedAt + keptMs,
    firstOrdinal: transactions,
    judged,
    rejected,
  };
  return {
    user: head.user,
    version: head.version + 1,
    shards: advanceBy(head, lines, retentionMs),
    totals: {
      transactions: transactions + judged.length,
      anomalies,
      duplicates,
      foreign: foreignBefore + rejected.length,
    },
    profile: profile.save(),
    ...(head.deletedAt !== undefined && { deletedAt: head.deletedAt }),
    commit: judged.length + rejected.length > 0 ? commit : undefined,
  };
}

function foreign({ text, shard, sequenceNumber, line }: TransactionLine): RejectedLine {
  const reason = 'transaction_id must be unique: this one is of a transaction of another user';
  return { reason, text: shortened(text), shard, sequenceNumber, line };
}
