import type { TransactionMode } from '../transactions/detectors.ts';
import type { Judgement } from '../transactions/judgement.ts';
import type { Transaction } from '../transactions/transaction.ts';

export interface JudgedTransaction {
  readonly transaction: Transaction;
  readonly judgement: Judgement;
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
