import { isGone } from '../../core/cloud/deletions.ts';
import type { Head } from '../../core/cloud/head.ts';
import type { StateStore } from '../state/state-store.ts';

/** The heads of all networks that something has been committed to since they were deleted, in the order of their names. */
export async function readHeads(state: Pick<StateStore, 'listNetworks' | 'readHead'>): Promise<Head[]> {
  const networks = await state.listNetworks();
  const heads = await Promise.all(networks.map((network) => state.readHead(network)));
  return heads.filter((head) => head !== undefined).filter((head) => !isGone(head));
}
