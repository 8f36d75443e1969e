import * as fc from 'fast-check';
import type { Micros, NetworkEvent, UserId } from '../../../lib/core/events/event.ts';
import type { NetworkParameters } from '../../../lib/core/events/log-header.ts';

/** A small network and what happens in it. */
export interface History {
  readonly parameters: NetworkParameters;
  /** Purchases kept per user: at least T. */
  readonly kept: number;
  readonly events: readonly NetworkEvent[];
}

interface Step {
  readonly kind: 'purchase' | 'befriend' | 'unfriend';
  readonly users: readonly [number, number];
  /** Seconds since the event before; a negative number makes a late event, which does not turn the clock back. */
  readonly passed: number;
  readonly amount: bigint;
}

export const degrees = fc.integer({ min: 1, max: 8 });

/** Small windows fill within a short history; large ones never do. */
export const tracked = fc.oneof(
  { arbitrary: fc.integer({ min: 2, max: 6 }), weight: 5 },
  { arbitrary: fc.integer({ min: 7, max: 40 }), weight: 2 },
  fc.integer({ min: 41, max: 200 }),
);

const UNIT = 1_000_000n;

/** Amounts in millionths. A history draws from one kind, so that its purchases are comparable. */
const amounts: readonly fc.Arbitrary<bigint>[] = [
  fc.bigInt({ min: 0n, max: 4n }).map((units) => units * UNIT),
  fc.bigInt({ min: 0n, max: 10_000n }).map((cents) => cents * 10_000n),
  fc.bigInt({ min: 0n, max: 3n }),
  fc.bigInt({ min: 0n, max: 10n ** 12n * UNIT }),
  fc.bigInt({ min: 10n ** 12n * UNIT - 5n, max: 10n ** 12n * UNIT }),
  fc.bigInt({ min: 0n, max: 10n ** 30n - 1n }),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
  fc
    .record({ high: fc.bigInt({ min: 0n, max: 2n }), low: fc.bigInt({ min: 0n, max: 9n }) })
    .map(({ high, low }) => high * 2n ** 53n + low),
  fc.oneof(fc.bigInt({ min: 0n, max: 100n * UNIT }), fc.bigInt({ min: 0n, max: 10n ** 30n - 1n })),
];

/** How many seconds pass at a time: busy networks, quiet ones, and the change from one to the other. */
const paces: readonly fc.Arbitrary<number>[] = [
  fc.constantFrom(0, 0, 0, 1, 1, 2),
  fc.constantFrom(0, 60, 3_600),
  fc.constantFrom(0, 1, 2, 10_000_000),
  fc.nat(1_000_000),
];

export const history: fc.Arbitrary<History> = fc
  .record({
    users: fc.integer({ min: 2, max: 40 }),
    amount: fc.constantFrom(...amounts),
    pace: fc.constantFrom(...paces),
  })
  .chain(({ users, amount, pace }) =>
    fc.record({
      parameters: fc.record({ degrees, tracked }),
      spare: fc.constantFrom(0, 0, 1, 5, 50),
      steps: fc.array(step(users, amount, pace), { minLength: 10, maxLength: 160, size: 'max' }),
    }),
  )
  .map(({ parameters, spare, steps }) => ({ parameters, kept: parameters.tracked + spare, events: eventsOf(steps) }));

function step(users: number, amount: fc.Arbitrary<bigint>, pace: fc.Arbitrary<number>): fc.Arbitrary<Step> {
  // User 0 becomes a hub.
  const user = fc.oneof({ arbitrary: fc.nat(users - 1), weight: 4 }, fc.constant(0));
  return fc.record({
    kind: fc.constantFrom('purchase', 'purchase', 'purchase', 'befriend', 'befriend', 'unfriend'),
    users: fc.tuple(user, user),
    passed: fc.oneof(
      { arbitrary: pace, weight: 4 },
      pace.map((seconds) => -seconds),
      fc.constantFrom(-1, -30),
    ),
    amount: fc.oneof(
      { arbitrary: amount, weight: 9 },
      amount.map((ordinary) => (ordinary * 10n) % 10n ** 30n),
    ),
  });
}

function eventsOf(steps: readonly Step[]): NetworkEvent[] {
  let now = 1_497_353_581;
  return steps.map(({ kind, users: [one, other], passed, amount }) => {
    now += Math.max(0, passed);
    const time = now + Math.min(0, passed);
    if (kind === 'purchase') return { type: kind, time, user: userId(one), amount: amount as Micros };
    // Who would befriend themselves befriends the hub or, if they are it, the next user.
    const friend = one !== other ? other : Number(one === 0);
    return { type: kind, time, users: [userId(one), userId(friend)] };
  });
}

export function userId(number: number): UserId {
  return `user ${number}` as UserId;
}
