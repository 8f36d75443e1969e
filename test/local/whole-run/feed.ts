import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { secretAmount, secretId, WORD } from './secrets.ts';
import type { WholeRun } from './whole-run.ts';

const PATIENCE_TENTHS = 3000;
const DAY = '2026-11-21';

export function purchase(user: string, amount: string, network = 'shop'): object {
  return { event_type: 'purchase', network, timestamp: `${DAY} 10:00:00`, id: user, amount, note: WORD };
}

export function friends(one: string, other: string, network = 'shop'): object {
  return { event_type: 'befriend', network, timestamp: `${DAY} 10:00:00`, id1: one, id2: other };
}

/** Each user's transactions are one a day; those after the 400th are anomalies. */
export function transaction(user: string, index: number): object {
  const isOdd = index >= 400;
  const at = new Date(Date.UTC(2026, 0, 1 + (index % 300), isOdd ? 3 : 10)).toISOString();
  return {
    event_type: 'transaction',
    transaction_id: secretId(`${user}-${index}`),
    user_id: user,
    amount: secretAmount(index, isOdd ? 1000 : 1),
    timestamp: at.slice(0, 19).replace('T', ' '),
    location: isOdd ? `${WORD}-land` : 'DE',
    merchant_category: isOdd ? 'jewellery' : 'groceries',
    payment_method: 'card',
    device: WORD,
  };
}

export function jsonLines(values: readonly (object | string)[]): string {
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
}

/** What is no event, in many ways, each with something secret in it. */
export const BAD_LINES: readonly (object | string)[] = [
  `{"event_type":"purchase", "id":"${WORD}`,
  `${WORD} bought for ${secretAmount(1)}`,
  { event_type: 'purchase', id: secretId(1), timestamp: `${DAY} 10:00:00`, amount: `-${secretAmount(1)}` },
  { event_type: 'purchase', id: secretId(1), timestamp: WORD, amount: secretAmount(1) },
  { event_type: WORD, id: secretId(1) },
  { event_type: 'befriend', id1: secretId(1), id2: secretId(1), timestamp: `${DAY} 10:00:00` },
  { event_type: 'transaction', user_id: secretId(1), transaction_id: secretId(2), amount: WORD },
  { event_type: 'purchase', network: `/${WORD}/`, id: secretId(1), timestamp: `${DAY} 10:00:00`, amount: '1' },
  '[]',
  'null',
];

export async function put(
  { run, clients }: WholeRun,
  key: string,
  values: readonly (object | string)[],
): Promise<void> {
  const Data = new TextEncoder().encode(jsonLines(values));
  await clients.kinesis.send(new PutRecordCommand({ StreamName: run.file.resources.stream, PartitionKey: key, Data }));
}

export async function drop({ run, clients }: WholeRun, key: string, text: string): Promise<void> {
  const Body = key.endsWith('.gz') ? gzipSync(text) : text;
  await clients.s3.send(new PutObjectCommand({ Bucket: run.file.resources.inputBucket, Key: key, Body }));
}

/** Calls a function as AWS would. */
export async function invoke({ run }: WholeRun, name: string, event: unknown = {}): Promise<string> {
  const url = `${run.file.endpoints['lambda']}/2015-03-31/functions/flagstone-${name}/invocations`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
  return answer.text();
}

/** Asks the API. */
export async function ask({ run }: WholeRun, path: string, request: RequestInit = {}): Promise<Response> {
  return fetch(`${run.file.endpoints['http']}${path}`, request);
}

/** Until something is so: a run under load takes its time. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < PATIENCE_TENTHS; attempt++) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error(`after five minutes it was still not so: ${what}`);
}
