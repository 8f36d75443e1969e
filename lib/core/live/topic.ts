import { accept, quote, reject, type Parsed } from '../events/event.ts';
import { isName, NAME_ALLOWED } from '../series-cloud/connect-request.ts';

/** What a page can watch: all flagged purchases, all anomalous transactions, or the points of a client. */
export type Topic = 'flagged' | 'anomalies' | ClientTopic;

export type ClientTopic = `client:${string}`;

const CLIENT = 'client:';

export function clientTopic(client: string): ClientTopic {
  return `${CLIENT}${client}`;
}

/** The client whose points a topic is about. */
export function clientOf(topic: Topic): string | undefined {
  return topic.startsWith(CLIENT) ? topic.slice(CLIENT.length) : undefined;
}

export function readTopic(given: unknown): Parsed<Topic> {
  if (given === undefined) return reject('topic is missing');
  if (given === 'flagged' || given === 'anomalies') return accept(given);
  if (typeof given === 'string' && given.startsWith(CLIENT)) return readClientTopic(given.slice(CLIENT.length));
  return reject(`topic must be flagged, anomalies or client:ID (given ${quote(given)})`);
}

function readClientTopic(client: string): Parsed<Topic> {
  if (isName(client)) return accept(clientTopic(client));
  return reject(`the client of a topic must be ${NAME_ALLOWED} (given ${quote(client)})`);
}
