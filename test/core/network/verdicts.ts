import type { Micros, NetworkEvent, Purchase, UserId } from '../../../lib/core/events/event.ts';
import type { Way } from '../../../lib/core/network/latest-purchases.ts';
import type { Flag, NetworkDetector, UserState } from '../../../lib/core/network/network-detector.ts';
import type { NaiveFlag } from '../../oracle/naive-detector.ts';

export const WAYS = ['cheapest', 'members', 'log', 'meeting'] as const satisfies readonly Way[];

/** More than any amount, so that a purchase of it is flagged wherever there is anything to judge it by. */
export const TOO_MUCH = (2n ** 105n) as Micros;

/** All that a verdict tells, in one line: cheap to compare, and easy to read where it differs. */
export function verdictText(flag: Flag | NaiveFlag | undefined): string {
  if (flag === undefined) return 'not flagged';
  const purchases = flag.judgedAgainst.map(
    ({ user, time, sequence, amount }) => `${user}: ${amount} at ${time} #${sequence}`,
  );
  return `mean ${flag.mean}, sd ${flag.sd}, of ${purchases.join('; ')}`;
}

/** The purchases that the user's next one would be judged against. */
export function probe(user: UserId): Purchase {
  return { type: 'purchase', time: 0, user, amount: TOO_MUCH };
}

export function usersOf(events: readonly NetworkEvent[]): UserId[] {
  return [...new Set(events.flatMap((event) => (event.type === 'purchase' ? [event.user] : event.users)))];
}

export function statesOf(detector: NetworkDetector, users: readonly UserId[]): (UserState | undefined)[] {
  return users.map((user) => detector.saveUser(user));
}
