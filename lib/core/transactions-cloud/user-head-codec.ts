import { readStoredJson, type StoredJson } from '../cloud/stored-json.ts';
import { UnreadableStateError } from '../cloud/unreadable-state-error.ts';
import { formatAmount, parseAmount } from '../events/amount.ts';
import type { Micros, UserId } from '../events/event.ts';
import type { Reason, Severity } from '../transactions/judgement.ts';
import type { Transaction, TransactionId } from '../transactions/transaction.ts';
import type { JudgedTransaction, Judging, StoredJudgement } from './stored-transaction.ts';
import type { LinePosition, RejectedLine, UserCommit, UserHead, UserTotals } from './user-head.ts';

const FORMAT = 1;

interface StoredHead extends StoredJson {
  readonly shards: Readonly<Record<string, readonly [sequenceNumber: string, line: number, at: number]>>;
  readonly totals: UserTotals;
  readonly deletedAt?: number;
  readonly commit?: StoredCommit;
}

interface StoredCommit extends Judging {
  readonly first: number;
  readonly judged: readonly StoredJudged[];
  readonly rejected: readonly RejectedLine[];
}

type StoredJudged = readonly [
  id: string,
  amount: string,
  time: number,
  location: string,
  category: string,
  method: string,
  score: number,
  surprise: number,
  /** In base64. */
  features: string,
  origin: number,
  /** What is there of the rest. */
  rest?: StoredRest,
];

interface StoredRest extends Pick<Transaction, 'device' | 'merchant' | 'label'> {
  readonly anomaly?: true;
  readonly severity?: Severity;
  readonly reasons?: readonly Reason[];
}

/** A head but for its user, version and profile, which are attributes of their own: as JSON. */
export function encodeUserHead({ shards, totals, deletedAt, commit }: UserHead): string {
  const stored: StoredHead = {
    format: FORMAT,
    shards: mapValues(shards, ({ sequenceNumber, line, at }) => [sequenceNumber, line, at] as const),
    totals,
    ...(deletedAt !== undefined && { deletedAt }),
    ...(commit && { commit: encodeCommit(commit) }),
  };
  return JSON.stringify(stored);
}

export interface EncodedUserHead {
  readonly user: UserId;
  readonly version: number;
  readonly profile: Uint8Array | undefined;
  readonly text: string;
}

/** @throws UnreadableStateError */
export function decodeUserHead({ user, version, profile, text }: EncodedUserHead): UserHead {
  const { shards, totals, deletedAt, commit } = readStoredJson('head of a user', text, FORMAT) as StoredHead;
  return {
    user,
    version,
    profile,
    shards: mapValues(shards, ([sequenceNumber, line, at]): LinePosition => ({ sequenceNumber, line, at })),
    totals,
    ...(deletedAt !== undefined && { deletedAt }),
    commit: commit && decodeCommit(user, commit),
  };
}

function encodeCommit({ firstOrdinal: first, judged, ...rest }: UserCommit): StoredCommit {
  return { ...rest, first, judged: judged.map(encodeJudged) };
}

function decodeCommit(user: UserId, { first: firstOrdinal, judged, ...rest }: StoredCommit): UserCommit {
  return { ...rest, firstOrdinal, judged: judged.map((one) => decodeJudged(user, one)) };
}

function encodeJudged({ transaction, judgement, origin }: JudgedTransaction): StoredJudged {
  const { id, amount, time, location, merchantCategory, paymentMethod, user: _, ...extras } = transaction;
  const { score, isAnomaly, severity, reasons, surprise, features } = judgement;
  const rest: StoredRest = {
    ...extras,
    ...(isAnomaly && { anomaly: true }),
    ...(severity && { severity }),
    ...(reasons.length > 0 && { reasons }),
  };
  const texts = [location, merchantCategory, paymentMethod] as const;
  const encoded = toBase64(features);
  const fields = [id, formatAmount(amount), time, ...texts, score, surprise, encoded, origin] as const;
  return Object.keys(rest).length === 0 ? fields : [...fields, rest];
}

function decodeJudged(user: UserId, stored: StoredJudged): JudgedTransaction {
  const [id, amount, time, location, merchantCategory, paymentMethod, score, surprise, features, origin, rest = {}] =
    stored;
  const { anomaly, severity, reasons = [], ...extras } = rest;
  const key = { id: id as TransactionId, user, amount: readAmount(amount), time };
  const transaction: Transaction = { ...key, location, merchantCategory, paymentMethod, ...extras };
  const verdict = { score, isAnomaly: anomaly === true, ...(severity && { severity }), reasons, surprise };
  const judgement: StoredJudgement = { ...verdict, features: fromBase64(features) };
  return { transaction, judgement, origin };
}

function readAmount(text: string): Micros {
  const amount = parseAmount(text);
  if (amount === undefined) throw new UnreadableStateError('head of a user', 'an amount in it is none');
  return amount;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
