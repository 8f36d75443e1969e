import { emptyBody } from '../../core/cloud/commit-body.ts';
import { commitsAfter, bodylessToken, nextHead } from '../../core/cloud/commits.ts';
import { beforeOf } from '../../core/cloud/judge-lines.ts';
import { forgettingHead, forgettingOf } from '../../core/cloud/deletions.ts';
import type { Deletion, Head } from '../../core/cloud/head.ts';
import { WorkingSet } from '../../core/cloud/working-set.ts';
import type { NetworkEvent, Seconds, UserId } from '../../core/events/event.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { NoSuchObject } from '../objects/object-store.ts';
import { StaleReadError } from '../state/state-store.ts';
import type { CommitLog } from '../network/commit-log.ts';
import { settleOutputs, type SettleOptions } from '../network/settle-outputs.ts';

export interface ForgetOptions extends SettleOptions {
  readonly newToken: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
}

const PAUSE_MS = 20;
const MOST_CONFLICTS = 100;

/**
 * Commits that a network knows nothing of a user any more: their friendships end, their purchases go. What is under way and
 * names them as of before is left out from then on. Not again where it has been done since a time.
 */
export async function forgetUser(
  { network, user, since }: { readonly network: NetworkName; readonly user: UserId; readonly since: number },
  options: ForgetOptions,
): Promise<Deletion> {
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    const head = await options.log.head(network);
    const done = forgettingOf(head, user);
    if (done !== undefined && done.at >= since) return done;
    await tryForget(head, user, options).catch(passOver);
    await options.sleep(PAUSE_MS * conflicts);
  }
  throw new Error(`network ${network}: others committed first ${MOST_CONFLICTS} times in a row`);
}

async function tryForget(before: Head, user: UserId, options: ForgetOptions): Promise<void> {
  const { log, newToken, now } = options;
  await settleOutputs(options, before);
  const events = await partings(before, user, options);
  const change = forgettingHead(before, user, now());
  const token = events === undefined ? bodylessToken(newToken()) : newToken();
  const head = nextHead(before, token, change);
  if (events !== undefined) {
    const body = { ...emptyBody(head), events, before: beforeOf(before), forgets: user };
    await log.writeBody(head.network, token, body);
  }
  await log.commit(head);
}

/** What ends the user's friendships; undefined where nothing is stored of the user. */
async function partings(head: Head, user: UserId, { log, stores }: ForgetOptions): Promise<NetworkEvent[] | undefined> {
  const pending = await log.bodiesAfter(head, head.flushed);
  const memory = new WorkingSet(head, pending);
  const stored = await stores.state.readUsers(head, [user]);
  const version = stored.get(user)?.version ?? 0;
  if (version > head.version) throw new StaleReadError(`a user is of version ${version}, the head of ${head.version}`);
  memory.restore([user], stored);
  const { friends, purchases } = memory.detector.saveUser(user) ?? { friends: [], purchases: [] };
  if (stored.size === 0 && friends.length + purchases.length === 0) return undefined;
  const time = 0 as Seconds;
  return friends.map((friend) => ({ type: 'unfriend', time, users: [user, friend] }));
}

/** Somebody has committed between two reads: it is tried again. */
function passOver(error: unknown): void {
  if (!(error instanceof StaleReadError || error instanceof NoSuchObject)) throw error;
}

/**
 * Lets go of what holds off what was put before a user was forgotten, once nothing of it can come any more; and of the user's
 * place among the stored ones, unless they have come back. Nobody who remembers the network as of before can follow this commit.
 */
export async function endForgetting(
  { network, user }: { readonly network: NetworkName; readonly user: UserId },
  options: ForgetOptions & { readonly flush: () => Promise<unknown> },
): Promise<void> {
  const { log, stores, newToken, sleep } = options;
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS; conflicts++) {
    await options.flush();
    const head = await log.head(network);
    await removePlace(head, user, stores.state);
    if (forgettingOf(head, user) === undefined) return;
    if (isFlushed(head) && (await commitEnd(head, user, { log, newToken }))) return;
    await sleep(PAUSE_MS * conflicts);
  }
  throw new Error(`network ${network}: others committed first ${MOST_CONFLICTS} times in a row`);
}

async function removePlace(head: Head, user: UserId, state: SettleOptions['stores']['state']): Promise<void> {
  const stored = (await state.readUsers(head, [user])).get(user);
  if (stored === undefined || stored.state.friends.length + stored.state.purchases.length > 0) return;
  await state.deleteUser(head, user, stored.version);
}

function isFlushed(head: Head): boolean {
  return commitsAfter(head, head.flushed)?.every(({ hasBody }) => !hasBody) ?? false;
}

async function commitEnd(
  head: Head,
  user: UserId,
  { log, newToken }: { readonly log: CommitLog; readonly newToken: () => string },
): Promise<boolean> {
  const name = Object.entries(head.forgotten ?? {}).find(([, deletion]) => deletion === forgettingOf(head, user))?.[0];
  const left = Object.entries(head.forgotten ?? {}).filter(([other]) => other !== name);
  const forgotten = Object.fromEntries(left);
  const next = nextHead(head, bodylessToken(newToken()), { forgotten, flushed: head.version });
  return log.commit({ ...next, bodies: next.bodies.slice(-1) });
}
