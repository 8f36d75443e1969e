import type { Drop } from './drop.ts';
import type { Lane, Stretch } from './redrive/lanes.ts';
import { parseNetworkName, type NetworkName } from '../network/network-name.ts';

/** The names of the objects that are written, made so that the order of the keys is the order of the commits. */

const VERSION_DIGITS = 12;
const LOAD_DIGITS = 6;

export function flaggedKey(network: NetworkName, load: number, version: number): string {
  return `${flaggedOfLoadPrefix(network, load)}${padded(version, VERSION_DIGITS)}.json`;
}

export function flaggedOfLoadPrefix(network: NetworkName, load: number): string {
  return `${flaggedPrefix(network)}load=${padded(load, LOAD_DIGITS)}/`;
}

export function flaggedPrefix(network: NetworkName): string {
  return `flagged/network=${network}/`;
}

export interface FlaggedObject {
  readonly network: NetworkName;
  readonly load: number;
  readonly version: number;
}

const FLAGGED_KEY = /^flagged\/network=([^/]+)\/load=(\d+)\/(\d+)\.json$/;

/** What a key of flagged purchases names; undefined for any other key. */
export function flaggedObjectOf(key: string): FlaggedObject | undefined {
  const [, name = '', load, version] = FLAGGED_KEY.exec(key) ?? [];
  const network = parseNetworkName(name);
  return network.ok ? { network: network.value, load: Number(load), version: Number(version) } : undefined;
}

export function rejectedKey(network: NetworkName, version: number): string {
  return `${rejectedPrefix(network)}${padded(version, VERSION_DIGITS)}.json`;
}

export function rejectedPrefix(network: NetworkName): string {
  return `rejected/network=${network}/`;
}

/** The report on a batch log or a stream log, named by the event that announced it. */
export function reportKey(network: NetworkName, { key, sequencer }: Drop): string {
  return `${reportPrefix(network)}${key.replaceAll('/', '-')}-${sequencer}.json`;
}

export function reportPrefix(network: NetworkName): string {
  return `reports/network=${network}/`;
}

/** A key of S3 holds up to 1,024 bytes, and an escaped one is up to three times as long as it was. */
const LONGEST_REFUSED = 900;

/** The report on a dropped object that is no log of any network. */
export function refusalKey({ key, sequencer }: Drop): string {
  return `reports/refused/${encodeURIComponent(key).slice(0, LONGEST_REFUSED)}-${sequencer}.json`;
}

/** Rejected lines of a log, in as many objects as it takes. */
export function rejectedOfLogKey(network: NetworkName, drop: Drop, part: number): string {
  return `${rejectedOfLogPrefix(network, drop)}${padded(part, VERSION_DIGITS)}.json`;
}

export function rejectedOfLogPrefix(network: NetworkName, { key, sequencer }: Drop): string {
  return `${rejectedPrefix(network)}${key.replaceAll('/', '-')}-${sequencer}/`;
}

export function bodyKey(network: NetworkName, version: number, token: string): string {
  return `${bodyPrefix(network)}${padded(version, VERSION_DIGITS)}-${token}.json`;
}

/** Sorts before the bodies of a version, and after those of the version before. */
export function beforeBodiesOf(network: NetworkName, version: number): string {
  return `${bodyPrefix(network)}${padded(version, VERSION_DIGITS)}`;
}

/** The version that a key of a body, of flagged purchases or of rejected lines names; undefined where it names a log. */
export function versionInKey(key: string): number | undefined {
  const version = /^(?:bodies|flagged|rejected)\/network=[^/]+\/(?:load=\d+\/)?(\d{12})(?:-[^/]*)?\.json$/.exec(
    key,
  )?.[1];
  return version === undefined ? undefined : Number(version);
}

export function bodyPrefix(network: NetworkName): string {
  return `bodies/network=${network}/`;
}

/** Where it is marked what of a lane had been given up, and was put back. */
export function redrivenPrefix(network: NetworkName, { kind, name }: Lane): string {
  return `${redrivenOfNetworkPrefix(network)}${kind}=${kind === 'shard' ? name : hexadecimal(name)}/`;
}

export function redrivenOfNetworkPrefix(network: NetworkName): string {
  return `redriven/network=${network}/`;
}

/** A source's name can be any text, and a key is at most 1,024 bytes of valid UTF-8. */
function hexadecimal(text: string): string {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('');
}

export function redrivenKey(network: NetworkName, lane: Lane, { first, last }: Stretch): string {
  return `${redrivenPrefix(network, lane)}${first}-${last}`;
}

/** What a key under {@link redrivenPrefix} marks. */
export function redrivenStretch(key: string): Stretch {
  const [first = '', last = ''] = key.slice(key.lastIndexOf('/') + 1).split('-');
  return { first: BigInt(first), last: BigInt(last) };
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
