import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import { flaggedOfLoadPrefix, flaggedPrefix } from '../../core/cloud/object-keys.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { objectsUnder, type Following } from './objects-under.ts';

export interface FlaggedOptions {
  readonly output: Pick<ObjectStore, 'list' | 'get'>;
  readonly network: NetworkName;
  /** Only what was flagged after this load; what was flagged after all of them if none is given. */
  readonly load?: number;
  /** Goes on as purchases are flagged, also after further loads. */
  readonly follow?: Following;
}

/**
 * The flagged purchases of a network in their order, a batch at a time: JSON lines, each with its newline. Those after one
 * load are what `detect` writes.
 */
export function flaggedObjects({ output, network, load, follow }: FlaggedOptions): AsyncGenerator<string> {
  const all = { store: output, prefix: flaggedPrefix(network), ...(follow && { follow }) };
  if (load === undefined) return objectsUnder(all);
  const prefix = flaggedOfLoadPrefix(network, load);
  return objectsUnder(follow === undefined ? { ...all, prefix } : { ...all, after: prefix });
}
