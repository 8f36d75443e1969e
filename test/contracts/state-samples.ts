import type { ChangedUser } from '../../lib/core/cloud/stored-user.ts';
import type { FlagsOfCommit, LoadState } from '../../lib/adapters/state/state-store.ts';
import type { Head, UserSpace } from '../../lib/core/cloud/head.ts';
import type { Micros, UserId } from '../../lib/core/events/event.ts';
import type { UserState } from '../../lib/core/network/network-detector.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';

export const SHOP = 'shop' as NetworkName;
export const SPACE: UserSpace = { network: SHOP, generation: 'g1' };

export function headOf(version: number): Head {
  return {
    network: SHOP,
    version,
    generation: 'g1',
    load: 1,
    parameters: { degrees: 2, tracked: 50 },
    kept: 100,
    sequence: version * 1_000,
    shards: {
      'shardId-000000000000': { sequenceNumber: '49590338271490256608559692538361571095921575989136588898', at: 7 },
    },
    sources: {},
    flushed: 0,
    bodies: ['k3J9xQ2z'],
    tally: { events: version * 10, flagged: version, rejected: 0, minutes: [[29_955_893, 10, 1]] },
    loaded: {
      'batch_log.json': { sequencer: '0055AED6DCD90281E5', at: 1_497_353_581_000, identity: 'e-tag 1497353581' },
    },
  };
}

/** A user that is told from others by a number. */
export function stateOf(id: UserId, number: number): UserState {
  return {
    id,
    friends: [`friend ${number}` as UserId],
    purchases: [{ time: 1_497_353_581, sequence: number, amount: 16_830_000n as Micros }],
  };
}

export function crowdOf(count: number): UserState {
  const friends = Array.from(
    { length: count },
    (_, index) => `${(index * 2_654_435_761) % 2 ** 32}-${index}` as UserId,
  );
  return { ...stateOf('hub' as UserId, 3), friends };
}

/** A user who was not stored before. */
export function changed(state: UserState, version: number): ChangedUser {
  return { state, version, friendBuckets: 0, changedFriends: new Set(state.friends) };
}

/** Friends are a set: in which order they come tells nothing. */
export function inNoOrder(state: UserState): UserState {
  return { ...state, friends: state.friends.toSorted() };
}

export function flagsOf(network: NetworkName, version: number, count: number): FlagsOfCommit {
  const user = 'bob' as UserId;
  const flagged = Array.from({ length: count }, (_, index) => {
    const sequence = version * 1_000 + index;
    const amount = (BigInt(sequence) * 10n ** 20n) as Micros;
    const judgedAgainst = [{ user: 'ann' as UserId, time: 5, sequence: 1, amount: 7n as Micros }];
    return {
      line: `{"event_type":"purchase", "id": "bob", "mean": "1.00", "sd": "0.00", "n": ${index}}`,
      purchase: { type: 'purchase' as const, time: 1_497_353_581 + index, user, amount },
      sequence,
      flag: { mean: '1.00', sd: '0.00', limit: '1.00', judgedAgainst },
    };
  });
  return { network, load: 2, version, parameters: { degrees: 1, tracked: 2 }, flagged };
}

export function loadOf(token: string): LoadState {
  return {
    network: SHOP,
    token,
    key: 'shop/batch_log.json',
    sequencer: '0055AED6DCD90281E5',
    identity: 'e-tag 1497353581',
    phase: 'loading',
    generation: 'g7',
    leaseUntil: 1_497_353_999_000,
    startedAt: 1_497_353_581_000,
    events: 12,
    users: 3,
    abandoned: [{ generation: 'g1', since: 5 }],
  };
}
