import { bodylessToken, newHead, nextHead } from '../../core/cloud/commits.ts';
import { deletedHead, isGone } from '../../core/cloud/deletions.ts';
import type { Deletion, Head } from '../../core/cloud/head.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { commitChange, type HeadChange } from '../network/commit-change.ts';
import type { ErasureOptions } from './erasure-step.ts';

/**
 * Commits that nothing of a network is left: its next users, versions and flagged purchases are those of a new, empty one, with
 * the stack's D and T. What was put or dropped before is left out whenever it comes. Not again where it has been done since a
 * time.
 */
export async function deleteNetwork(network: NetworkName, since: number, options: ErasureOptions): Promise<Deletion> {
  const { log, now, newToken } = options;
  await commitChange(
    network,
    (head): HeadChange | undefined => {
      if (head.deleted !== undefined && head.deleted.at >= since) return undefined;
      const deleted = deletedHead(head, { now: now(), token: newToken() });
      return { head: { ...deleted, ...emptyAgain(network, options) } };
    },
    options,
  );
  const { deleted } = await log.head(network);
  if (deleted === undefined) throw new Error(`network ${network}: it was deleted, and its head does not say so`);
  return deleted;
}

function emptyAgain(network: NetworkName, { defaults, log }: ErasureOptions): Pick<Head, 'parameters' | 'kept'> {
  const { parameters, kept } = newHead(network, defaults, log.keptFor(defaults.tracked));
  return { parameters, kept };
}

/** Lets go of what holds off what was put before a network was deleted, once nothing of it can come any more. */
export async function endDeletion(network: NetworkName, { log, state, newToken }: ErasureOptions): Promise<void> {
  for (;;) {
    const head = await log.head(network);
    if (head.deleted === undefined) return;
    if (isGone(head)) await deleteEndedLoad(network, state);
    const { deleted: _, ...rest } = nextHead(head, bodylessToken(newToken()), {});
    if (isGone(head) ? await state.deleteHead(network, head.version) : await log.commit(rest)) return;
  }
}

/** What became of logs that were announced late. */
async function deleteEndedLoad(network: NetworkName, state: ErasureOptions['state']): Promise<void> {
  const load = await state.readLoad(network);
  if (load !== undefined && load.phase !== 'loading') await state.deleteLoad(network, load.token);
}
