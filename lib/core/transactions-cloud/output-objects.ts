import { nameOf } from '../text/name-of.ts';
import type { UserId } from '../events/event.ts';
import { transactionFields } from '../transactions/transaction-fields.ts';
import type { StoredTransaction } from './stored-transaction.ts';
import type { MalformedLines } from './transaction-lines.ts';
import { storedIn, type RejectedLine, type UserHead } from './user-head.ts';

/** An object of JSON lines. Its key is a function of the commit or of the record, so that putting it again changes nothing. */
export interface OutputObject {
  readonly key: string;
  readonly text: string;
}

export const ANOMALIES_PREFIX = 'anomalies/';
export const REJECTED_TRANSACTIONS_PREFIX = 'rejected/transactions/';

/** What a user's last commit has to tell the world, the table of transactions aside. */
export function outputsOf({ user, version, commit }: UserHead): OutputObject[] {
  if (commit === undefined) return [];
  // No user's id stands in a key.
  const name = `${nameOfTime(commit.arrivedAt)}-${nameOf(user)}-${version}.json`;
  const anomalies = storedIn(commit).filter(({ judgement }) => judgement.isAnomaly);
  return [
    { key: `${ANOMALIES_PREFIX}${name}`, text: jsonLines(anomalies.map(anomalyLine)) },
    { key: `${REJECTED_TRANSACTIONS_PREFIX}${name}`, text: jsonLines(commit.rejected.map(rejectedLine)) },
  ].filter(({ text }) => text !== '');
}

/** Whether a commit of a user has put the object. */
export function isOutputOf(key: string, user: UserId): boolean {
  return /-([\da-f]{16})-\d+\.json$/.exec(key)?.[1] === nameOf(user);
}

/** Whether what an object tells of arrived before a time, in milliseconds since 1970. */
export function isFromBefore(key: string, at: number): boolean {
  return key.includes('date=') && key.slice(key.indexOf('date=')) < nameOfTime(at);
}

/** The malformed lines of a record. */
export function malformedObject({ record, lines }: MalformedLines): OutputObject {
  const { shard, sequenceNumber, at } = record;
  const key = `${REJECTED_TRANSACTIONS_PREFIX}${nameOfTime(at)}-${shard}-${sequenceNumber}.json`;
  return { key, text: jsonLines(lines.map(rejectedLine)) };
}

/** The fields of a stored transaction as users see them. */
function anomalyLine({ transaction, judgement, detectedAt, model, mode }: StoredTransaction): object {
  const { score, isAnomaly, severity, reasons } = judgement;
  return {
    ...transactionFields(transaction),
    anomaly_score: score,
    is_anomaly: isAnomaly,
    severity,
    reasons,
    detection_time: new Date(detectedAt).toISOString(),
    mode,
    model,
  };
}

function rejectedLine({ reason, text, shard, sequenceNumber, line }: RejectedLine): object {
  return { reason, line: text, shard, sequence_number: sequenceNumber, line_number: line };
}

/** `date=2026-11-21/20261121T100000123Z`: the keys of all users' commits are in the order of time. */
function nameOfTime(at: number): string {
  const time = new Date(at).toISOString();
  return `date=${time.slice(0, 10)}/${time.replaceAll(/[-:.]/g, '')}`;
}

const KEY_TIME = /\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-/;

/** Where the keys of anomalies begin that arrived so many milliseconds before those of a key. */
export function anomaliesBefore(key: string, milliseconds: number): string {
  const [, year, month, day, ...rest] = KEY_TIME.exec(key) ?? [];
  const [hours, minutes, seconds, fraction] = rest;
  const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${fraction}Z`);
  return Number.isNaN(at) ? ANOMALIES_PREFIX : `${ANOMALIES_PREFIX}${nameOfTime(at - milliseconds)}`;
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
