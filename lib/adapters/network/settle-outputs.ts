import type { CommitBody } from '../../core/cloud/commit-body.ts';
import { commitsAfter } from '../../core/cloud/commits.ts';
import type { Head } from '../../core/cloud/head.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { CommitLog } from './commit-log.ts';
import { writeOutputs, type OutputStores } from './outputs.ts';

export interface SettleOptions {
  readonly log: CommitLog;
  readonly stores: OutputStores;
}

/**
 * Makes sure that the outputs of the head's own commit are written, whose author may have died. Whoever commits the next
 * version does this first, so the outputs of all versions before the head's are written.
 */
export async function settleOutputs({ log, stores }: SettleOptions, head: Head, known?: CommitBody): Promise<void> {
  const commit = commitsAfter(head, head.version - 1)?.[0];
  if (commit === undefined || !commit.hasBody) return;
  await tellOfCommit({ log, stores }, head.network, known ?? (await log.readBody(head.network, commit)));
}

/** Writes all that a commit has to tell; doing it again changes nothing. */
async function tellOfCommit({ log, stores }: SettleOptions, network: NetworkName, body: CommitBody): Promise<void> {
  await writeOutputs(network, body, stores);
  await log.markRedriven(network, body);
}
