import { TRANSACTION_DETECTORS, TRANSACTION_MODES, type TransactionMode } from '../../core/transactions/detectors.ts';
import { variablesOf, type Environment } from '../environment.ts';
import type { TransactionNames } from './connect-transactions.ts';

/** What the stack tells the functions that deal with transactions. */
export interface TransactionSettings extends TransactionNames {
  readonly mode: TransactionMode;
  /** For how long transactions are kept. */
  readonly keptMs: number;
  /** For how long the stream keeps its records. */
  readonly retentionMs: number;
}

const HOUR_MS = 60 * 60 * 1000;

/** Reads the settings, once per cold start. @throws Error naming the variable that is wrong. */
export function readTransactionSettings(environment: Environment): TransactionSettings {
  const { text, integer } = variablesOf(environment);
  return {
    stateTable: text('STATE_TABLE'),
    transactionTable: text('TRANSACTION_TABLE'),
    profileTable: text('PROFILE_TABLE'),
    outputBucket: text('OUTPUT_BUCKET'),
    journalBucket: text('JOURNAL_BUCKET'),
    mode: modeOf(text('TRANSACTION_DETECTOR')),
    keptMs: integer('TRANSACTION_DAYS', 1) * 24 * HOUR_MS,
    retentionMs: integer('STREAM_RETENTION_HOURS', 24) * HOUR_MS,
  };
}

function modeOf(given: string): TransactionMode {
  if (isMode(given)) return given;
  throw new Error(`TRANSACTION_DETECTOR must be one of ${TRANSACTION_MODES.join(', ')} (given ${given})`);
}

function isMode(text: string): text is TransactionMode {
  return Object.hasOwn(TRANSACTION_DETECTORS, text);
}
