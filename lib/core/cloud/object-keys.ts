import type { NetworkName } from '../network/network-name.ts';

/** The names of the objects that are written, made so that the order of the keys is the order of the commits. */

const VERSION_DIGITS = 12;
const LOAD_DIGITS = 6;

export function flaggedKey(network: NetworkName, load: number, version: number): string {
  return `flagged/network=${network}/load=${padded(load, LOAD_DIGITS)}/${padded(version, VERSION_DIGITS)}.json`;
}

export function flaggedPrefix(network: NetworkName): string {
  return `flagged/network=${network}/`;
}

export function rejectedKey(network: NetworkName, version: number): string {
  return `rejected/network=${network}/${padded(version, VERSION_DIGITS)}.json`;
}

export function bodyKey(network: NetworkName, version: number, token: string): string {
  return `${bodyPrefix(network)}${padded(version, VERSION_DIGITS)}-${token}.json`;
}

export function bodyPrefix(network: NetworkName): string {
  return `bodies/network=${network}/`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
