import * as fc from 'fast-check';
import type { Micros, UserId } from '../../../lib/core/events/event.ts';
import type { UserState } from '../../../lib/core/network/network-detector.ts';
import type { KeptPurchase } from '../../../lib/core/network/purchase-record.ts';

const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;

/** Ids of any characters: halves of surrogate pairs too, which JSON can name, and the character that escapes them. */
export const userId: fc.Arbitrary<UserId> = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.nat(100_000).map(String),
    fc
      .array(fc.constantFrom('a', '\ud800', '\udc00', '\udfff', '\u{10ffff}', '\u{1f600}', '1', '0000', '\ufeff'), {
        minLength: 1,
        maxLength: 6,
      })
      .map((parts) => parts.join('')),
  )
  .map((id) => id as UserId);

const time = fc.oneof(
  fc.integer({ min: 1_497_000_000, max: 1_500_000_000 }),
  fc.integer({ min: FIRST_SECOND, max: LAST_SECOND }),
  fc.constantFrom(FIRST_SECOND, LAST_SECOND, 0, 1_500_000_000),
);

const sequence = fc.oneof(
  fc.nat(1_000_000),
  fc.nat(2 ** 31 - 1),
  fc.maxSafeNat().map((number) => number % 2 ** 51),
);

/** Millionths: whole units, cents, or anything below 10^24 units. */
const amount = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 1_000n }).map((units) => units * 1_000_000n),
    fc.bigInt({ min: 0n, max: 100_000n }).map((cents) => cents * 10_000n),
    fc.bigInt({ min: 0n, max: 10n ** 10n }),
    fc.bigInt({ min: 2n ** 50n - 2n, max: 2n ** 53n + 2n }),
    fc.bigInt({ min: 0n, max: 10n ** 30n - 1n }),
    fc.bigInt({ min: 0n, max: 10n ** 24n - 1n }).map((units) => units * 1_000_000n),
  )
  .map((micros) => micros as Micros);

/** Oldest first, as the engine gives them; the later ones in the log are not always the later ones in time. */
const purchases: fc.Arbitrary<KeptPurchase[]> = fc
  .uniqueArray(fc.record({ time, sequence, amount }), { maxLength: 60, selector: (purchase) => purchase.sequence })
  .map((unordered) => unordered.toSorted((a, b) => a.time - b.time || a.sequence - b.sequence));

export const userState: fc.Arbitrary<UserState> = fc.record({
  id: userId,
  friends: fc.uniqueArray(userId, { maxLength: 80 }),
  purchases,
});

/** Friends are a set; they come back in order. */
export function inOrder(state: UserState): UserState {
  return { ...state, friends: state.friends.toSorted() };
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A user as they are in a large network: `random` gives numbers from 0 to before 1. */
export function usualUser(random: () => number, kindOfId: 'alphanumeric' | 'numeric'): UserState {
  const below = (limit: number): number => Math.floor(random() * limit);
  const id = (): UserId => {
    if (kindOfId === 'numeric') return String(10_000_000 + below(90_000_000)) as UserId;
    return Array.from({ length: 8 }, () => ALPHANUMERIC[below(ALPHANUMERIC.length)]).join('') as UserId;
  };
  let seconds = 1_497_353_581;
  let place = 1_000_000_000;
  const purchases = Array.from({ length: 50 }, () => {
    seconds += 3_600 + below(4 * 86_400);
    place += 1 + below(1_000_000);
    return { time: seconds, sequence: place, amount: (BigInt(1 + below(100_000)) * 10_000n) as Micros };
  });
  return { id: id(), friends: Array.from(new Set(Array.from({ length: 60 }, id))), purchases };
}

/** Mulberry32 (Ettinger 2017): numbers from 0 to before 1. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
