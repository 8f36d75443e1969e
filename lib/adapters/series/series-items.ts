import type { ParkedEntry } from '../../core/series-cloud/entry.ts';
import { packPoints, unpackPoints } from '../../core/series-cloud/packed-points.ts';
import type { Chunk } from '../../core/series-cloud/full-chunks.ts';
import type { Checkpoint } from '../../core/series-cloud/restore-detector.ts';
import { decodeSeriesHead, encodeSeriesHead, type SeriesHead } from '../../core/series-cloud/series-head.ts';
import { readStoredJson, type StoredJson } from '../../core/cloud/stored-json.ts';
import type { Attributes, Condition, Item } from '../state/dynamo-requests.ts';
import type { ItemKey } from '../state/item-keys.ts';
import type { ClientState, ConnectionRecord, Listing } from './series-store.ts';

const FORMAT = 1;
const INDEX_DIGITS = 10;

/** The attribute that the table's time to live looks at: seconds since 1970. */
const EXPIRES = 'x';

const PARKED = 'i/';
const HEAD = 'h';
const ANSWERED = 'a';
/** Behind the chunks, whose sort keys are digits: so that who reads backwards meets it first. */
const CHECKPOINT = 'c';

export const IF_NONE: Condition = { expression: 'attribute_not_exists(pk)' };
export const PARKED_ONLY: Condition = { expression: 'begins_with(sk, :sk)', values: { ':sk': { S: PARKED } } };

export function connectionKey(id: string): ItemKey {
  return { pk: `${CONNECTIONS}${id}`, sk: 'k' };
}

/** The head and what waits beside it. */
export function clientPartition(client: string): string {
  return `client/${client}`;
}

export function headKey(client: string): ItemKey {
  return { pk: clientPartition(client), sk: HEAD };
}

export function parkedKey(client: string, key: string): ItemKey {
  return { pk: clientPartition(client), sk: `${PARKED}${key}` };
}

/** The chunks of a series; another one under the same client's name has others. */
export function chunkPartition({ client, born }: SeriesHead): string {
  return `${POINTS}${born}/${client}`;
}

export function chunkKey(head: SeriesHead, index: number): ItemKey {
  return { pk: chunkPartition(head), sk: String(index).padStart(INDEX_DIGITS, '0') };
}

export function checkpointKey(head: SeriesHead): ItemKey {
  return { pk: chunkPartition(head), sk: CHECKPOINT };
}

const POINTS = 'points/';
const CONNECTIONS = 'connection/';

/** Of chunks and connections, wherever they are: {@link isOfClient} tells those of one client among them. */
export function ofClient(client: string): Condition {
  return {
    expression: 'begins_with(pk, :points) OR c = :client',
    values: { ':points': { S: POINTS }, ':client': { S: client } },
  };
}

export function isOfClient({ pk }: ItemKey, client: string, kept: SeriesHead | undefined): boolean {
  if (pk.startsWith(CONNECTIONS)) return kept === undefined;
  const behindBorn = pk.indexOf('/', POINTS.length) + 1;
  return pk.slice(behindBorn) === client && (kept === undefined || pk !== chunkPartition(kept));
}

export function listPartition(listing: Listing): string {
  return `#${listing}`;
}

export function expiring(attributes: Attributes, expires: number): Attributes {
  return { ...attributes, [EXPIRES]: { N: String(Math.ceil(expires / 1000)) } };
}

export function ifHead({ version, born }: SeriesHead): Condition {
  return { expression: 'v = :v AND b = :b', values: { ':v': { N: String(version) }, ':b': { S: born } } };
}

export function headItem(head: SeriesHead): Item {
  const { document, tail } = encodeSeriesHead(head);
  const { client, version, born } = head;
  const attributes = { v: { N: String(version) }, b: { S: born }, d: { S: document }, p: { B: tail } };
  return { ...headKey(client), attributes };
}

export function headOf({ d, p }: Attributes): SeriesHead {
  return decodeSeriesHead({ document: d?.S ?? '', tail: p?.B ?? new Uint8Array() });
}

export function answeredItem({ client, born }: SeriesHead, version: number): Item {
  return { pk: clientPartition(client), sk: ANSWERED, attributes: { v: { N: String(version) }, b: { S: born } } };
}

/** So that the note never goes back; that of another series under the same name does not count. */
export function ifAnsweredLess({ born }: SeriesHead, version: number): Condition {
  return {
    expression: 'attribute_not_exists(pk) OR b < :b OR b > :b OR v < :v',
    values: { ':v': { N: String(version) }, ':b': { S: born } },
  };
}

export function parkedItem(client: string, { key, entry }: ParkedEntry): Item {
  const document = { format: FORMAT, entry };
  return { ...parkedKey(client, key), attributes: { d: { S: JSON.stringify(document) } } };
}

export function parkedOf({ sk, attributes }: Item): ParkedEntry {
  const document = readStoredJson('waiting message', attributes['d']?.S ?? '', FORMAT);
  return { key: sk.slice(PARKED.length), entry: (document as StoredJson & Pick<ParkedEntry, 'entry'>).entry };
}

/** The state of a client from all items of its partition. */
export function clientStateOf(items: readonly Item[]): ClientState | undefined {
  const stored = items.find(({ sk }) => sk === HEAD);
  if (stored === undefined) return undefined;
  const head = headOf(stored.attributes);
  const answered = items.find(({ sk }) => sk === ANSWERED)?.attributes;
  const parked = items.filter(({ sk }) => sk.startsWith(PARKED)).map(parkedOf);
  return { head, answered: answered?.['b']?.S === head.born ? Number(answered['v']?.N) : 0, parked };
}

export function chunkItem(head: SeriesHead, { index, points, latest }: Chunk): Item {
  return { ...chunkKey(head, index), attributes: { p: { B: packPoints(points) }, t: { N: String(latest) } } };
}

export function chunkOf({ sk, attributes: { p, t } }: Item): Chunk {
  return { index: Number(sk), points: unpackPoints(p?.B ?? new Uint8Array()), latest: Number(t?.N) };
}

export function checkpointItem(head: SeriesHead, { place, window, limits, saved }: Checkpoint): Item {
  const attributes = {
    n: { N: String(place) },
    d: { S: JSON.stringify({ format: FORMAT, window, limits }) },
    p: { B: saved },
  };
  return { ...checkpointKey(head), attributes };
}

export function ifNoLaterCheckpoint({ place }: Checkpoint): Condition {
  return { expression: 'attribute_not_exists(pk) OR n <= :n', values: { ':n': { N: String(place) } } };
}

export function checkpointOf({ n, d, p }: Attributes): Checkpoint {
  const { window, limits } = readStoredJson('checkpoint of a series', d?.S ?? '', FORMAT) as StoredJson &
    Pick<Checkpoint, 'window' | 'limits'>;
  return { place: Number(n?.N), window, limits, saved: p?.B ?? new Uint8Array() };
}

export function connectionItem({ id, client, source }: ConnectionRecord): Item {
  return { ...connectionKey(id), attributes: { c: { S: client }, s: { S: source } } };
}
