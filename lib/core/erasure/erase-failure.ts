import { logKeysOf } from '../cloud/drop.ts';
import { readRecord } from '../cloud/record-lines.ts';
import { splitRecord } from '../cloud/split-record.ts';
import type { ErasureTarget } from './erasure.ts';
import { namesUser } from './names-user.ts';

/** What Lambda keeps of what a function has given up on: records of the stream as a text, or the event of an asynchronous call. */
interface FailureObject {
  readonly payload?: string;
  readonly requestPayload?: {
    readonly client?: unknown;
    readonly detail?: { readonly object?: { readonly key?: string } };
  };
}

interface KeptRecord {
  readonly kinesis: { readonly data: string; readonly partitionKey?: string };
}

/** Stands where a partition key named who is deleted: records keep to one key as before. */
const NAMELESS_KEY = 'deleted';

/**
 * A failure object without what it holds of somebody: the lines of records become blank, as each line has its number; a record
 * of which nothing is left goes. Undefined where nothing is left of the object; the same text where nothing of theirs is in it.
 */
export function eraseFailure(text: string, target: ErasureTarget): string | undefined {
  const failure = JSON.parse(text) as FailureObject;
  if (failure.requestPayload !== undefined) return isOf(failure.requestPayload, target) ? undefined : text;
  if (failure.payload === undefined || target.kind === 'client') return text;
  const event = JSON.parse(failure.payload) as { readonly Records?: readonly KeptRecord[] };
  const records = event.Records ?? [];
  const kept = records.flatMap((record) => eraseRecord(record, target) ?? []);
  if (kept.length === records.length && kept.every((record, index) => record === records[index])) return text;
  return kept.length === 0
    ? undefined
    : JSON.stringify({ ...failure, payload: JSON.stringify({ ...event, Records: kept }) });
}

function isOf(payload: NonNullable<FailureObject['requestPayload']>, target: ErasureTarget): boolean {
  if (target.kind === 'client') return payload.client === target.client;
  const key = payload.detail?.object?.key ?? '';
  if (target.kind === 'user') return false;
  const { network } = target;
  const logs = [...logKeysOf(network, 'batch_log.json'), ...logKeysOf(network, 'stream_log.json')];
  return logs.includes(key) || key.includes(`/network=${network}/`);
}

function eraseRecord(record: KeptRecord, target: Exclude<ErasureTarget, { kind: 'client' }>): KeptRecord | undefined {
  const data = bytesOf(record.kinesis.data);
  const gone = new Set(goneLines(data, target));
  if (gone.size === 0) return record;
  if (splitRecord(data).lines.every(({ lineNumber }) => gone.has(lineNumber))) return undefined;
  const lines = new TextDecoder().decode(data).split('\n');
  const left = lines.map((line, index) => (gone.has(index + 1) ? '' : line)).join('\n');
  const id = target.kind === 'user' ? target.user : target.network;
  const { partitionKey } = record.kinesis;
  const key = partitionKey === id ? { partitionKey: NAMELESS_KEY } : {};
  return { ...record, kinesis: { ...record.kinesis, data: textOf(left), ...key } };
}

/** The numbers of the lines that are theirs. */
function goneLines(data: Uint8Array, target: Exclude<ErasureTarget, { kind: 'client' }>): number[] {
  const own = readRecord(data).lines;
  if (target.kind === 'network') {
    return own.filter(({ network }) => network === target.network).map(({ lineNumber }) => lineNumber);
  }
  const { user, network: only } = target;
  const lines = only === undefined ? splitRecord(data).lines : own.filter(({ network }) => network === only);
  return lines.filter(({ text }) => namesUser(text, user)).map(({ lineNumber }) => lineNumber);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function textOf(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
