import { emptyBody, type Report } from '../../core/cloud/commit-body.ts';
import { bodylessToken, nextHead } from '../../core/cloud/commits.ts';
import type { Head } from '../../core/cloud/head.ts';
import { beforeOf } from '../../core/cloud/judge-lines.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { writeOutputs } from './outputs.ts';
import { settleOutputs, type SettleOptions } from './settle-outputs.ts';
import { DiscreetError } from '../telemetry/discreet-error.ts';

export interface ChangeOptions extends SettleOptions {
  readonly newToken: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface HeadChange {
  readonly head: Partial<Omit<Head, 'network' | 'version' | 'bodies'>>;
  /** An object to be written once the change is made. */
  readonly report?: Report;
}

const PAUSE_MS = 20;
const MOST_CONFLICTS = 100;

/**
 * Commits a change that is no batch of events: a load, other parameters. The change is made of the head as it then is;
 * undefined makes none. True if there was one to make.
 */
export async function commitChange(
  network: NetworkName,
  changeOf: (head: Head) => HeadChange | undefined,
  options: ChangeOptions,
): Promise<boolean> {
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    const head = await options.log.head(network);
    const change = changeOf(head);
    if (change === undefined) return false;
    await settleOutputs(options, head);
    if (await tryCommit(head, change, options)) return true;
    await options.sleep(PAUSE_MS * conflicts);
  }
  throw new DiscreetError(`network ${network}: others committed first ${MOST_CONFLICTS} times in a row`);
}

async function tryCommit(before: Head, change: HeadChange, options: ChangeOptions): Promise<boolean> {
  const { log, stores, newToken } = options;
  const { report } = change;
  if (report === undefined) return log.commit(nextHead(before, bodylessToken(newToken()), change.head));
  const token = newToken();
  const head = nextHead(before, token, change.head);
  const body = { ...emptyBody(head), before: beforeOf(before), report };
  await log.writeBody(head.network, token, body);
  if (!(await log.commit(head))) return false;
  await writeOutputs(head.network, body, stores);
  return true;
}
