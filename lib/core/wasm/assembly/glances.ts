import { allocateZeroed, double } from './blocks';
import { setWord, WORD_BITS, wordAt } from './lists';
import { FIRST_USER_BITS } from './tables';

/**
 * Of each user's newest purchases what most judgements ask of, in 16 bytes: of a million users that is as much as the
 * processor's cache can hold. The roundings keep the order of times and make no amount larger, which is all that counts.
 */
@unmanaged
export class Glance {
  /** Of the newest purchase, as {@link roundedTime} gives it; 0 if there is none. */
  time: u32;
  /** Of the newest one, in millionths, rounded down. */
  amount: f32;
}

const GLANCE_BITS: i32 = 3;

let glances: usize = allocateZeroed(FIRST_USER_BITS + GLANCE_BITS);
/** Of the second newest purchase. */
let nextTimes: usize = allocateZeroed(FIRST_USER_BITS + WORD_BITS);

export function widenGlances(userBits: i32): void {
  glances = double(glances, userBits + GLANCE_BITS);
  nextTimes = double(nextTimes, userBits + WORD_BITS);
}

export function glanceAt(user: u32): Glance {
  return changetype<Glance>(glances + ((<usize>user) << GLANCE_BITS));
}

export function nextTimeOf(user: u32): u32 {
  return wordAt(nextTimes, user);
}

/** From 1970 to 2106 the seconds that have passed, all earlier and all later times being alike; never 0. */
export function roundedTime(time: f64): u32 {
  return <u32>min(max(time + 1, 1), <f64>u32.MAX_VALUE);
}

/** Whether a time is after all of the user's purchases, as far as rounded times tell. */
export function isSurelyNewest(user: u32, time: f64): bool {
  return roundedTime(time) > glanceAt(user).time;
}

/** Takes a purchase that is a user's newest. */
export function glanceAtPurchase(user: u32, time: f64, high: f64, low: f64): void {
  const glance = glanceAt(user);
  setWord(nextTimes, user, glance.time);
  glance.time = roundedTime(time);
  glance.amount = high > 0 ? f32.MAX_VALUE : roundedDown(low);
}

/** Takes a purchase that is not a user's newest. */
export function glanceAtLatePurchase(user: u32, time: f64): void {
  setWord(nextTimes, user, max(nextTimeOf(user), roundedTime(time)));
}

export function clearGlance(user: u32): void {
  glanceAt(user).time = 0;
  setWord(nextTimes, user, 0);
}

function roundedDown(amount: f64): f32 {
  const rounded = <f32>amount;
  return <f64>rounded > amount ? reinterpret<f32>(reinterpret<u32>(rounded) - 1) : rounded;
}
