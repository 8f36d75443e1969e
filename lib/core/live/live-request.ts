import { accept, quote, reject, type Parsed } from '../events/event.ts';
import { readTopic, type Topic } from './topic.ts';

/** What a page may ask for over the WebSocket. */
export type LiveRequest =
  { readonly action: 'ping' } | { readonly action: 'subscribe' | 'unsubscribe'; readonly topic: Topic };

type Fields = Readonly<Record<string, unknown>>;

const EXAMPLE = 'a message must be a JSON object such as {"action":"subscribe","topic":"flagged"}';

/** Reads a message of a page: total, whatever is sent. */
export function readLiveRequest(text: string): Parsed<LiveRequest> {
  const fields = fieldsOf(text);
  if (fields === undefined) return reject(`${EXAMPLE} (given ${quote(text)})`);
  const { action } = fields;
  if (action === 'ping') return accept({ action });
  if (action === undefined) return reject('action is missing');
  if (action !== 'subscribe' && action !== 'unsubscribe') {
    return reject(`action must be subscribe, unsubscribe or ping (given ${quote(action)})`);
  }
  const topic = readTopic(fields['topic']);
  return topic.ok ? accept({ action, topic: topic.value }) : topic;
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
