import { accept, quote, reject, type Parsed } from '../events/event.ts';
import { DEFAULT_NETWORK, parseNetworkName, type NetworkName } from '../network/network-name.ts';
import type { Head, LoadedLog } from './head.ts';

/** The kinds of log that can be dropped into the input bucket, by the end of their keys. */
const LOG_NAMES = ['batch_log.json', 'stream_log.json'] as const;

export type LogName = (typeof LOG_NAMES)[number];

/** The object that an upload was announced of. */
export interface Drop {
  readonly key: string;
  /** S3's sequencer: orders the events of one key. */
  readonly sequencer: string;
  /** When it was announced, in milliseconds since 1970: orders the events of different keys. */
  readonly at: number;
  /** The announced object's ETag, without quotation marks, where the announcement tells it. */
  readonly etag?: string;
}

export interface LogKey {
  readonly network: NetworkName;
  /** The key without the network: `batch_log.json` or `batch_log.json.gz`. */
  readonly name: string;
  readonly isZipped: boolean;
}

/** Reads the key of a dropped log: its name, alone or behind the network's name and a slash, perhaps with `.gz`. */
export function parseLogKey(key: string, name: LogName): Parsed<LogKey> {
  const [first = '', ...rest] = key.split('/');
  const [folder, file] = rest.length === 0 ? [DEFAULT_NETWORK, first] : [first, rest.join('/')];
  if (file !== name && file !== `${name}.gz`) {
    return reject(`the key must be ${name} or NETWORK/${name}, or end in .gz besides (given ${quote(key)})`);
  }
  const network = parseNetworkName(folder);
  return network.ok ? accept({ network: network.value, name: file, isZipped: file !== name }) : network;
}

/** The keys under which a log of the network can be. */
export function logKeysOf(network: NetworkName, name: LogName): string[] {
  const names = [name, `${name}.gz`];
  const keys = names.map((file) => `${network}/${file}`);
  return network === DEFAULT_NETWORK ? [...names, ...keys] : keys;
}

/** Whether a drop is from before the deletion of its network. */
export function isDroppedBeforeDeletion({ deleted }: Head, { at }: Drop): boolean {
  return deleted !== undefined && at < deleted.at;
}

/** Whether a drop is news to the network: neither the load that its state comes from, nor one from before, or from before its deletion. */
export function isNews(head: Head, drop: Drop): boolean {
  if (isDroppedBeforeDeletion(head, drop)) return false;
  const same = head.loaded[drop.key];
  if (same !== undefined && compareSequencers(drop.sequencer, same.sequencer) <= 0) return false;
  return Object.values(head.loaded).every(({ at }) => drop.at >= at);
}

/** The loads that a head remembers after this one. */
export function withLoaded(head: Head, drop: Drop, identity: string): Readonly<Record<string, LoadedLog>> {
  return { ...head.loaded, [drop.key]: { sequencer: drop.sequencer, at: drop.at, identity } };
}

/** Sequencers are hexadecimal; of different lengths, the shorter one is filled up with zeros on its right. */
function compareSequencers(one: string, other: string): number {
  const length = Math.max(one.length, other.length);
  const [a, b] = [one, other].map((sequencer) => sequencer.toUpperCase().padEnd(length, '0')) as [string, string];
  return a < b ? -1 : Number(a > b);
}
