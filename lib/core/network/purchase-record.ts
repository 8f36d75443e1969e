import type { Micros, Seconds } from '../events/event.ts';
import { joinParts } from './exact-amount.ts';

/** A purchase as a network keeps it. */
export interface KeptPurchase {
  readonly time: Seconds;
  /** Its place among all purchases of the network, in the order of the log. */
  readonly sequence: number;
  readonly amount: Micros;
}

/** The purchase whose doubles start at a place of the engine's memory: time, sequence number, and the two parts of the amount. */
export function purchaseAt(memory: ArrayBuffer, place: number): KeptPurchase {
  const [time, sequence, high, low] = new Float64Array(memory, place, 4) as unknown as [number, number, number, number];
  return { time, sequence, amount: joinParts(high, low) };
}
