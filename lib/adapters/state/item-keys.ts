import { textOfId } from '../../core/cloud/id-text.ts';
import type { UserSpace } from '../../core/cloud/head.ts';
import type { UserId } from '../../core/events/event.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { FlagPlace } from './state-store.ts';

/**
 * The keys of the one table. A network's own items have its name for a partition key. The names hold no `/` and no `#`:
 * so what comes before one of those cannot be taken for anything else.
 */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export function headKey(network: NetworkName): ItemKey {
  return { pk: network, sk: 'head' };
}

export function loadKey(network: NetworkName): ItemKey {
  return { pk: network, sk: 'load' };
}

/** Users are spread over partitions. */
export function userKey(space: UserSpace, id: UserId): ItemKey {
  return { pk: userPrefix(space) + textOfId(id), sk: 'u' };
}

/** The key of the friends of a user in one of `count` buckets. */
export function friendsKey({ pk }: ItemKey, count: number, bucket: number): ItemKey {
  return { pk, sk: `f${count}.${bucket}` };
}

export function userPrefix({ network, generation }: UserSpace): string {
  return `${network}/${generation}/`;
}

const VERSION_DIGITS = 12;
const INDEX_DIGITS = 6;
const PART_DIGITS = 3;

export function flagsPartition(network: NetworkName): string {
  return `#flags/${network}`;
}

/** Sorts as the flags were made. */
export function flagKey(network: NetworkName, place: FlagPlace, part: number): ItemKey {
  return { pk: flagsPartition(network), sk: `${flagSortKey(place)}/${padded(part, PART_DIGITS)}` };
}

/** What the sort keys of all parts of a flag start with. */
export function flagSortKey({ version, index }: FlagPlace): string {
  return `${flagsOfCommitSortKey(version)}${padded(index, INDEX_DIGITS)}`;
}

/** What the sort keys of all flags of a commit start with. */
export function flagsOfCommitSortKey(version: number): string {
  return `${padded(version, VERSION_DIGITS)}/`;
}

export const NETWORKS_PARTITION = '#networks';

export function networkKey(network: NetworkName): ItemKey {
  return { pk: NETWORKS_PARTITION, sk: network };
}

export function progressKey(source: string): ItemKey {
  return { pk: progressPrefix(source), sk: 'progress' };
}

/** What the partition keys of the progress of sources start with whose names start so. */
export function progressPrefix(source: string): string {
  // A source's name can be any text, as an id can.
  return `${PROGRESS}${textOfId(source as UserId)}`;
}

export const PROGRESS = '#source/';

/** The generation that a user's partition key is of. */
export function generationIn(pk: string): string {
  return pk.split('/')[1] ?? '';
}

export function networkPrefix(network: NetworkName): string {
  return `${network}/`;
}

export const TALLIES_PARTITION = '#tallies';

/** How many transactions of a shard are counted. */
export function tallyKey(shard: string): ItemKey {
  return { pk: TALLIES_PARTITION, sk: shard };
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
