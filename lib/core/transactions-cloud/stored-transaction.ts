import type { TransactionMode } from '../transactions/detectors.ts';
import type { FreshJudgement } from '../transactions/judgement.ts';
import type { Transaction } from '../transactions/transaction.ts';

export interface JudgedTransaction {
  readonly transaction: Transaction;
  readonly judgement: StoredJudgement;
  /** Of the line that it came on: see line-origin.ts. */
  readonly origin: number;
}

/** All that a profile learns from a judgement is kept, so that it can be learnt again. */
export interface StoredJudgement extends Omit<FreshJudgement, 'features'> {
  /** As they are saved: those of an earlier version can be stored, and are only of use to the training of that version. */
  readonly features: Uint8Array;
}

/** By what and when transactions were judged: the same for all of a commit. */
export interface Judging {
  readonly mode: TransactionMode;
  /** The version of the model; none before the first training. */
  readonly model?: string;
  /** When they were judged, in milliseconds since 1970. */
  readonly detectedAt: number;
  /** When the first of them arrived on the stream, in milliseconds since 1970. */
  readonly arrivedAt: number;
  /** From when on they may be deleted, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A transaction as it is stored, with its verdict. */
export interface StoredTransaction extends JudgedTransaction, Judging {
  /** Its place among the user's transactions, counted from 0, in the order in which they were judged. */
  readonly ordinal: number;
}
