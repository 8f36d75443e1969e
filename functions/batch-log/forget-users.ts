import type { CommitLog } from '../../lib/adapters/network/commit-log.ts';
import { forgottenSince } from '../../lib/core/cloud/deletions.ts';
import type { Drop } from '../../lib/core/cloud/drop.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import type { Seconds, UserId } from '../../lib/core/events/event.ts';
import type { NetworkDetector, UserState } from '../../lib/core/network/network-detector.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';

/** Users who were deleted after a log was dropped that names them: they are not loaded. */
export interface ForgottenUsers {
  readonly leftOf: (users: Iterable<UserState>) => Iterable<UserState>;
  /** @throws Error if more have been deleted meanwhile: the log is to be loaded again */
  readonly expectAll: (head: Head) => void;
}

/** Forgets those users of a network as it is read from a log. */
export async function forgetUsers(
  { network, drop }: { readonly network: NetworkName; readonly drop: Drop },
  detector: NetworkDetector,
  log: Pick<CommitLog, 'head'>,
): Promise<ForgottenUsers> {
  const gone = new Set(forgottenSince(await log.head(network), idsIn(detector), drop.at));
  for (const user of gone) forget(detector, user);
  return {
    leftOf: (users) => leftOf(users, gone),
    expectAll: (head) => {
      const isComplete = forgottenSince(head, idsIn(detector), drop.at).every((user) => gone.has(user));
      if (!isComplete) throw new Error(`network ${network}: a user of the log has been deleted; it is loaded again`);
    },
  };
}

function forget(detector: NetworkDetector, user: UserId): void {
  const { friends } = detector.saveUser(user) ?? { friends: [] };
  const time = 0 as Seconds;
  for (const friend of friends) detector.apply({ type: 'unfriend', time, users: [user, friend] });
}

function* idsIn({ userCount, engine }: NetworkDetector): Generator<UserId> {
  for (let user = 0; user < userCount; user++) yield engine.ids.idOf(user);
}

function* leftOf(users: Iterable<UserState>, gone: ReadonlySet<UserId>): Generator<UserState> {
  for (const user of users) if (!gone.has(user.id)) yield user;
}
