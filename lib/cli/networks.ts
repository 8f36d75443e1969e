import { readHeads } from '../adapters/network/read-heads.ts';
import type { StateStore } from '../adapters/state/state-store.ts';
import { isGone } from '../core/cloud/deletions.ts';
import type { Head } from '../core/cloud/head.ts';
import { DEFAULT_NETWORK, type NetworkName } from '../core/network/network-name.ts';
import { UsageError } from './usage-error.ts';

/** The head of a network; undefined for `default`, which may be named before there is anything in it. @throws UsageError */
export async function readKnownHead(state: StateStore, network: NetworkName): Promise<Head | undefined> {
  const stored = await state.readHead(network);
  const head = stored && isGone(stored) ? undefined : stored;
  if (head !== undefined || network === DEFAULT_NETWORK) return head;
  const names = (await readHeads(state)).map((known) => known.network);
  const known = names.length === 0 ? 'there is none yet' : `there are ${names.join(', ')}`;
  throw new UsageError(`there is no network ${network}; ${known}`);
}
