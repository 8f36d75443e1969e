import type { SeriesPointAnswer } from '../api/clients.ts';
import type { FlaggedPurchaseAnswer } from '../api/flagged-purchases.ts';
import type { StoredTransactionAnswer } from '../api/transactions.ts';
import type { ClientTopic, Topic } from './topic.ts';

/** What a topic's subscribers are told: each item as the API answers it, so that a page knows it again. */
export type Update =
  | { readonly topic: 'flagged'; readonly items: readonly FlaggedPurchaseAnswer[] }
  | { readonly topic: 'anomalies'; readonly items: readonly StoredTransactionAnswer[] }
  | { readonly topic: ClientTopic; readonly items: readonly SeriesPointAnswer[] };

/** API Gateway takes 128 KB at a time. */
export const MOST_MESSAGE_BYTES = 128 * 1024;

const encoder = new TextEncoder();

/** An update as messages that API Gateway takes: more than one where it is too long. Nothing that we store fills one alone. */
export function updateMessages({ topic, items }: Update, mostBytes = MOST_MESSAGE_BYTES): string[] {
  const messages: string[] = [];
  const room = mostBytes - bytesOf(messageOf(topic, []));
  let texts: string[] = [];
  let used = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    const bytes = bytesOf(text) + 1;
    if (used + bytes > room && texts.length > 0) {
      messages.push(messageOf(topic, texts));
      texts = [];
      used = 0;
    }
    texts.push(text);
    used += bytes;
  }
  if (texts.length > 0) messages.push(messageOf(topic, texts));
  return messages;
}

function messageOf(topic: Topic, items: readonly string[]): string {
  return `{"topic":${JSON.stringify(topic)},"items":[${items.join(',')}]}`;
}

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}
