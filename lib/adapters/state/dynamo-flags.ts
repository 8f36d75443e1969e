import { decodeFlagged, encodeFlagged, type StoredFlagged } from '../../core/cloud/flagged-codec.ts';
import { readStoredJson, type StoredJson } from '../../core/cloud/stored-json.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { DynamoRequests, Item } from './dynamo-requests.ts';
import { flagKey, flagsOfCommitSortKey, flagsPartition, flagSortKey } from './item-keys.ts';
import type { EditFlag, FlagPlace, FlagsOfCommit, StoredFlag } from './state-store.ts';

const FORMAT = 1;

/** Of the 400 KB that an item can have: a line of the stream can be longer, so a flag can take several items. */
const LARGEST_PART = 350_000;

interface FlagDocument extends StoredJson, StoredFlagged {
  readonly load: number;
  readonly version: number;
  readonly D: number;
  readonly T: number;
}

const LARGEST_PAGE = 1_000;

const encoder = new TextEncoder();

/** The items of a commit's flags: `d` a part of the JSON, `n` how many parts there are. */
export function flagItems({ network, load, version, parameters, flagged }: FlagsOfCommit): Item[] {
  return flagged.flatMap((flag, index) => partsOf(network, { ...flag, load, version, index, parameters }));
}

function partsOf(network: NetworkName, { load, version, index, parameters, ...flag }: StoredFlag): Item[] {
  const { degrees: D, tracked: T } = parameters;
  const document: FlagDocument = { format: FORMAT, load, version, D, T, ...encodeFlagged(flag) };
  const bytes = encoder.encode(JSON.stringify(document));
  const parts = Math.ceil(bytes.length / LARGEST_PART);
  return Array.from({ length: parts }, (_, part) => ({
    ...flagKey(network, { version, index }, part),
    attributes: {
      n: { N: String(parts) },
      d: { B: bytes.subarray(part * LARGEST_PART, (part + 1) * LARGEST_PART) },
    },
  }));
}

interface FlagQuery {
  readonly limit: number;
  readonly before: FlagPlace | undefined;
}

/** The latest flags, newest first. One of which not all parts are there is just being written, and left out. */
export async function readFlags(
  requests: DynamoRequests,
  network: NetworkName,
  { limit, before }: FlagQuery,
): Promise<StoredFlag[]> {
  if (limit <= 0) return [];
  const where = before && { expression: 'sk < :end', values: { ':end': { S: flagSortKey(before) } } };
  const pageSize = Math.min(limit, LARGEST_PAGE);
  return decodeFlags(requests.query(flagsPartition(network), { newestFirst: true, pageSize, where }), limit);
}

/** All flags of a commit, the first first. */
export async function readFlagsOf(
  requests: DynamoRequests,
  network: NetworkName,
  version: number,
): Promise<StoredFlag[]> {
  const where = { expression: 'begins_with(sk, :commit)', values: { ':commit': { S: flagsOfCommitSortKey(version) } } };
  const flags = requests.query(flagsPartition(network), { newestFirst: true, where });
  return (await decodeFlags(flags, Infinity)).toReversed();
}

export async function readFlag(
  requests: DynamoRequests,
  network: NetworkName,
  place: FlagPlace,
): Promise<StoredFlag | undefined> {
  const where = { expression: 'begins_with(sk, :flag)', values: { ':flag': { S: `${flagSortKey(place)}/` } } };
  const [flag] = await decodeFlags(requests.query(flagsPartition(network), { newestFirst: true, where }), 1);
  return flag;
}

interface FlagEditing {
  readonly network: NetworkName;
  readonly upTo: number;
  readonly edit: EditFlag;
}

export async function editFlags(requests: DynamoRequests, { network, upTo, edit }: FlagEditing): Promise<number> {
  const where = { expression: 'sk < :end', values: { ':end': { S: flagsOfCommitSortKey(upTo + 1) } } };
  let edited = 0;
  for await (const parts of wholeFlags(requests.query(flagsPartition(network), { newestFirst: true, where }))) {
    const flag = decodeFlag(parts);
    const next = edit(flag);
    if (next === flag) continue;
    const items = next === undefined ? [] : partsOf(network, next);
    // Behind the new ones may stand parts of the old one, which was longer.
    await requests.putAll(items, 1);
    await requests.deleteAll(parts.slice(items.length));
    edited++;
  }
  return edited;
}

async function decodeFlags(items: AsyncIterable<Item>, limit: number): Promise<StoredFlag[]> {
  const flags: StoredFlag[] = [];
  for await (const parts of wholeFlags(items)) {
    flags.push(decodeFlag(parts));
    if (flags.length === limit) return flags;
  }
  return flags;
}

/** The parts of each flag of which none is missing, in order, from items the newest first. */
async function* wholeFlags(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let parts: Item[] = [];
  for await (const item of items) {
    if (flagOf(item) !== flagOf(parts[0])) parts = [];
    parts.unshift(item);
    if (parts.length === Number(item.attributes['n']?.N)) yield parts;
  }
}

/** The key without the part. */
function flagOf(item: Item | undefined): string | undefined {
  return item?.sk.slice(0, item.sk.lastIndexOf('/'));
}

function decodeFlag(parts: readonly Item[]): StoredFlag {
  const bytes = Buffer.concat(parts.map(({ attributes }) => attributes['d']?.B ?? new Uint8Array()));
  const document = readStoredJson('flag', bytes.toString(), FORMAT) as FlagDocument;
  const { load, version, D, T } = document;
  const index = Number(parts[0]?.sk.split('/')[1]);
  return { load, version, index, parameters: { degrees: D, tracked: T }, ...decodeFlagged(document) };
}
