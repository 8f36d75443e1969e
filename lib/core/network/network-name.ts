import { accept, quote, reject, type Parsed } from '../events/event.ts';

/** A network's name: 1 to 64 letters, digits, `.`, `_` or `-`. */
export type NetworkName = string & { readonly __brand: 'NetworkName' };

/** The network of events and logs that name none. */
export const DEFAULT_NETWORK = 'default' as NetworkName;

const NAME = /^[A-Za-z0-9._-]{1,64}$/;

export function parseNetworkName(value: unknown): Parsed<NetworkName> {
  if (typeof value === 'string' && NAME.test(value)) return accept(value as NetworkName);
  return reject(`network must be 1 to 64 letters, digits, ".", "_" or "-" (given ${quote(value)})`);
}
