import { addToLog, limitLog, limitLogToLater } from './recency-log';
import { addToWindow, clearWindow, windowOf } from './windows';

/** Purchases added so far: the next one's sequence number. */
export let sequence: f64 = 0;

export function setSequence(next: f64): void {
  sequence = next;
}

export function addPurchase(user: u32, time: f64, high: f64, low: f64): void {
  addToWindow(user, time, sequence, high, low);
  addToLog(user, time, sequence, high, low);
  sequence++;
}

/** Forgets a user's purchases, to take over those that were saved. */
export function clearPurchases(user: u32): void {
  // The log may hold purchases that the saved state does not, and does not hold those that it does.
  if (windowOf(user).count > 0) limitLogToLater(sequence - 1);
  clearWindow(user);
}

export function restorePurchase(user: u32, time: f64, saved: f64, high: f64, low: f64): void {
  addToWindow(user, time, saved, high, low);
  limitLog(time, saved);
  sequence = max(sequence, saved + 1);
}
