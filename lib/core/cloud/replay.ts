import type { NetworkEvent, UserId } from '../events/event.ts';
import type { UserState } from '../network/network-detector.ts';
import type { KeptPurchase } from '../network/purchase-record.ts';
import type { CommitBody } from './commit-body.ts';

/** What a commit does last that forgets a user. Their friendships have ended by then. */
export interface Forgetting {
  readonly type: 'forget';
  readonly user: UserId;
}

/** An event as it was applied: a purchase with its place among the network's purchases. */
export interface AppliedEvent {
  readonly event: NetworkEvent | Forgetting;
  readonly sequence: number;
  readonly version: number;
}

/** The events of commits in the order in which they were applied. */
export function* appliedEvents(bodies: Iterable<CommitBody>): Generator<AppliedEvent> {
  for (const { version, sequence: first, events, forgets } of bodies) {
    let sequence = first;
    for (const event of events) {
      yield { event, sequence, version };
      if (event.type === 'purchase') sequence++;
    }
    if (forgets !== undefined) yield { event: { type: 'forget', user: forgets }, sequence, version };
  }
}

export function usersOf(event: NetworkEvent | Forgetting): readonly UserId[] {
  return 'user' in event ? [event.user] : event.users;
}

/** The events that touch any of these users, by user. */
export function eventsByUser(
  bodies: Iterable<CommitBody>,
  users: ReadonlySet<UserId>,
): ReadonlyMap<UserId, readonly AppliedEvent[]> {
  const events = new Map<UserId, AppliedEvent[]>();
  for (const applied of appliedEvents(bodies)) {
    for (const user of usersOf(applied.event)) {
      if (!users.has(user)) continue;
      const own = events.get(user);
      if (own === undefined) events.set(user, [applied]);
      else own.push(applied);
    }
  }
  return events;
}

/** A user's state after further events that touch them; it may hold more purchases than are kept. */
export function replayed(state: UserState, events: readonly AppliedEvent[]): UserState {
  const friends = new Set(state.friends);
  let purchases: KeptPurchase[] = [...state.purchases];
  for (const { event, sequence } of events) {
    if (event.type === 'purchase') purchases.push({ time: event.time, sequence, amount: event.amount });
    else if (event.type === 'forget') purchases = [];
    else {
      const [first, second] = event.users;
      const friend = first === state.id ? second : first;
      if (event.type === 'befriend') friends.add(friend);
      else friends.delete(friend);
    }
  }
  purchases.sort((a, b) => a.time - b.time || a.sequence - b.sequence);
  return { id: state.id, friends: [...friends], purchases };
}
