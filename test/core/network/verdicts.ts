import type { Micros, NetworkEvent, Purchase, UserId } from '../../../lib/core/events/event.ts';
import type { Way } from '../../../lib/core/network/network-engine.ts';
import type { Flag, NetworkDetector, UserState } from '../../../lib/core/network/network-detector.ts';
import type { NaiveDetector, NaiveFlag } from '../../oracle/naive-detector.ts';

export const WAYS = ['cheapest', 'members', 'log', 'meeting'] as const satisfies readonly Way[];

/** More than any amount, so that a purchase of it is flagged wherever there is anything to judge it by. */
const TOO_MUCH = (2n ** 105n) as Micros;

/** All that a verdict tells, in one line: cheap to compare, and easy to read where it differs. */
export function verdictText(flag: Flag | NaiveFlag | undefined): string {
  if (flag === undefined) return 'not flagged';
  const purchases = flag.judgedAgainst.map(
    ({ user, time, sequence, amount }) => `${user}: ${amount} at ${time} #${sequence}`,
  );
  return `mean ${flag.mean}, sd ${flag.sd}, limit ${flag.limit}, of ${purchases.join('; ')}`;
}

/** The purchase that tells what the user's next one would be judged against. */
export function probe(user: UserId): Purchase {
  return { type: 'purchase', time: 0, user, amount: TOO_MUCH };
}

/** Goes through the events: of every purchase the verdict, and all that its buyer is judged against. */
export function verdictsOf(detector: NetworkDetector, events: readonly NetworkEvent[]): string[] {
  return events.flatMap((event) => {
    const buyer = buyerOf(event);
    const before = probeTexts(detector, buyer);
    return [verdictText(detector.observe(event)), ...before];
  });
}

export function naiveVerdictsOf(oracle: NaiveDetector, events: readonly NetworkEvent[]): string[] {
  return events.flatMap((event) => {
    const verdict = event.type === 'purchase' ? oracle.judge(event.user, event.amount) : undefined;
    const before = naiveProbeTexts(oracle, buyerOf(event));
    oracle.apply(event);
    return [verdictText(verdict), ...before];
  });
}

export function probeTexts(detector: NetworkDetector, users: readonly UserId[]): string[] {
  return users.map((user) => verdictText(detector.judge(probe(user))));
}

export function naiveProbeTexts(oracle: NaiveDetector, users: readonly UserId[]): string[] {
  return users.map((user) => verdictText(oracle.judge(user, TOO_MUCH)));
}

/** The largest x that is at most mean + 3·sd: of N·x ≤ S + ⌊3·√(N·Q − S²)⌋. */
export function largestUsualAmount(amounts: readonly bigint[]): bigint {
  const count = BigInt(amounts.length);
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  const squares = amounts.reduce((total, amount) => total + amount * amount, 0n);
  const threeDeviationsSquared = 9n * (count * squares - sum * sum);
  let root = 0n;
  for (let bit = 1n << BigInt(threeDeviationsSquared.toString(2).length); bit > 0n; bit >>= 1n) {
    if ((root + bit) ** 2n <= threeDeviationsSquared) root += bit;
  }
  return (sum + root) / count;
}

function buyerOf(event: NetworkEvent): UserId[] {
  return event.type === 'purchase' ? [event.user] : [];
}

export function usersOf(events: readonly NetworkEvent[]): UserId[] {
  return [...new Set(events.flatMap((event) => (event.type === 'purchase' ? [event.user] : event.users)))];
}

/** Of users that some event has named. */
export function statesOf(detector: NetworkDetector, users: readonly UserId[]): UserState[] {
  return users.map((user) => detector.saveUser(user)).filter((state) => state !== undefined);
}
