import { allocateZeroed, double } from './blocks';
import { FIRST_USER_BITS } from './tables';

/**
 * Of each user's three newest purchases what most judgements ask of, in 16 bytes. The roundings keep the order of times and
 * make no amount larger, which is all that counts.
 */
@unmanaged
export class Glance {
  /** Of the newest purchase, as {@link roundedTime} gives it; 0 if there is none. */
  time: u32;
  secondTime: u32;
  thirdTime: u32;
  /** Of the newest purchase, as {@link roundedAmount} gives it. */
  amount: u16;
  secondAmount: u16;
}

/** How many purchases a glance shows. */
export const GLANCED_AT: i32 = 3;
export const GLANCE_BITS: i32 = 4;

let glances: usize = allocateZeroed(FIRST_USER_BITS + GLANCE_BITS);

export function widenGlances(userBits: i32): void {
  glances = double(glances, userBits + GLANCE_BITS);
}

/** Where they stand, by the users' numbers. */
export function glancesStart(): usize {
  return glances;
}

function glanceAt(user: u32): Glance {
  return changetype<Glance>(glances + ((<usize>user) << GLANCE_BITS));
}

/** From 1970 to 2106 the seconds that have passed, all earlier and all later times being alike; never 0. */
export function roundedTime(time: f64): u32 {
  return <u32>min(max(time + 1, 1), <f64>u32.MAX_VALUE);
}

/** What a double-precision number has beyond the upper half of a single-precision one: bits of its fraction, and of its exponent. */
const DROPPED_BITS: i32 = 52 - 7;
const LOWER_EXPONENT: i32 = (1023 - 127) << 7;
const NOT_A_NUMBER: u16 = 0x7fc0;

/**
 * An amount in millionths, rounded down to the upper half of a single-precision number: less by at most 2^-7 of it. One with a
 * high part is not a number, of which no comparison is true.
 */
export function roundedAmount(high: f64, low: f64): u16 {
  if (high > 0) return NOT_A_NUMBER;
  return <u16>max(0, <i32>(reinterpret<u64>(low) >>> DROPPED_BITS) - LOWER_EXPONENT);
}

/** In millionths. */
export function amountOf(rounded: u16): f32 {
  return reinterpret<f32>((<u32>rounded) << 16);
}

/** Whether a time is after all of the user's purchases, as far as rounded times tell. */
export function isSurelyNewest(user: u32, time: f64): bool {
  return roundedTime(time) > glanceAt(user).time;
}

/** Takes a purchase that is a user's newest. Loading a log does so for nearly each one: what moves on is moved at once. */
export function glanceAtPurchase(user: u32, time: f64, high: f64, low: f64): void {
  const glance = changetype<usize>(glanceAt(user));
  store<u64>(glance, load<u64>(glance, offsetof<Glance>('time')), offsetof<Glance>('secondTime'));
  store<u32>(glance, roundedTime(time), offsetof<Glance>('time'));
  const older = load<u32>(glance, offsetof<Glance>('amount')) << 16;
  store<u32>(glance, older | roundedAmount(high, low), offsetof<Glance>('amount'));
}

export function clearGlance(user: u32): void {
  v128.store(changetype<usize>(glanceAt(user)), i32x4.splat(0));
}
