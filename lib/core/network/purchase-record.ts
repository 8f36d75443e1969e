import type { Micros, Seconds } from '../events/event.ts';
import { joinParts } from './exact-amount.ts';

/** A purchase as a network keeps it. */
export interface KeptPurchase {
  readonly time: Seconds;
  /** Its place among all purchases of the network, in the order of the log. */
  readonly sequence: number;
  readonly amount: Micros;
}

/** Doubles per purchase: time, sequence number, and the two parts of the amount. */
export const PURCHASE_WIDTH = 4;
export const TIME = 0;
export const SEQUENCE = 1;
/** The amount in millionths is high · 2^53 + low. */
export const HIGH = 2;
export const LOW = 3;

/** Whether the first of two purchases is the newer one: the later timestamp, and of equal ones the later in the log. */
export function isNewer(time: Seconds, sequence: number, otherTime: Seconds, otherSequence: number): boolean {
  return time > otherTime || (time === otherTime && sequence > otherSequence);
}

/** The purchase whose doubles start at a place of an array. */
export function purchaseAt(purchases: Float64Array, at: number): KeptPurchase {
  return {
    time: purchases[at + TIME]!,
    sequence: purchases[at + SEQUENCE]!,
    amount: joinParts(purchases[at + HIGH]!, purchases[at + LOW]!),
  };
}
