/** A purchase in numbers: 32 bytes. */
@unmanaged
export class Purchase {
  time: f64;
  /** Its place among all purchases of the network. */
  sequence: f64;
  /** The amount in millionths is high · 2^53 + low: exact, and `low` alone where `high` is 0, which all usual amounts are. */
  high: f64;
  low: f64;
}

export const PURCHASE_BITS: i32 = 5;

/** Whether the first of two purchases is the newer one: the later timestamp, and of equal ones the later in the log. */
export function isNewer(time: f64, sequence: f64, otherTime: f64, otherSequence: f64): bool {
  return time > otherTime || (time == otherTime && sequence > otherSequence);
}
