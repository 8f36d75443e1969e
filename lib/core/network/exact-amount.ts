import type { Micros } from '../events/event.ts';

/**
 * An amount in millionths as two doubles, `high · 2^53 + low`, each an exact integer: stored without an object,
 * and computed with as the plain number `low` where `high` is 0, which all usual amounts are.
 */
const SHIFT = 53n;
const LOW_BITS = (1n << SHIFT) - 1n;

export function highPart(amount: Micros): number {
  return Number(amount >> SHIFT);
}

export function lowPart(amount: Micros): number {
  return Number(amount & LOW_BITS);
}

export function joinParts(high: number, low: number): Micros {
  return ((BigInt(high) << SHIFT) + BigInt(low)) as Micros;
}
