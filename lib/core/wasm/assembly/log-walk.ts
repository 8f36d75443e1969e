import { meets, resetSpent, spend, spent, TOO_DEAR, YES } from './meeting';
import { windowsCost } from './member-windows';
import { near } from './neighbourhood';
import { isNewer } from './purchase';
import { addToList, atLeast, listCount } from './purchase-list';
import { inOrderAt, inOrderCount, isComplete, lateAt, lateCount, LoggedPurchase, reaches } from './recency-log';
import { isSurelyUsual } from './rule';

/** Finds a network's latest purchases by walking the recency log back, asking of each buyer whether they belong to the network. */

/** What looking at a purchase of the log costs, relative to looking at one friend during the search. */
export const WALK_COST: f64 = 2;

/** How a walk ends: with the purchases, without need of them since the amount is usual, or before it has found them. */
export const FOUND: i32 = 0;
const SURELY_USUAL: i32 = 1;
export const GAVE_UP: i32 = 2;
const GOES_ON: i32 = 3;

let degrees: u32 = 0;
let tracked: u32 = 0;
let isBounded: bool = false;
let budget: f64 = 0;
/** How many of the late purchases have been looked at. */
let lateAge: u32 = 0;

/**
 * Lists the T latest purchases by anyone within D degrees of the near neighbourhood's centre, who need not all be reached,
 * newest first; stops as soon as the amount that the list is for is surely usual among them. A bounded walk reaches
 * further members, and at last gives up, once it has cost as much as that would.
 */
export function walkLog(ofDegrees: u32, ofTracked: u32, bounded: bool): i32 {
  degrees = ofDegrees;
  tracked = ofTracked;
  isBounded = bounded;
  lateAge = 0;
  allow();
  const end = inOrderCount();
  for (let age: u32 = 0; age < end; age++) {
    const purchase = inOrderAt(age);
    if (isMember(purchase.buyer)) {
      const walkEnd = take(purchase);
      if (walkEnd != GOES_ON) return walkEnd;
    }
    spend(WALK_COST);
    if (spent <= budget) continue;
    if (near.degreesLeft(degrees) == 0) return GAVE_UP;
    expand();
  }
  if (!isComplete()) return GAVE_UP;
  takeLate(-Infinity, -Infinity);
  return FOUND;
}

/** Lists a purchase, after the late ones that are newer. */
function take(purchase: LoggedPurchase): i32 {
  if (!reaches(purchase)) return GAVE_UP;
  takeLate(purchase.time, purchase.sequence);
  if (listCount < tracked) addToList(purchase.buyer, purchase);
  if (listCount == tracked) return FOUND;
  return isSurelyUsual(atLeast, tracked) ? SURELY_USUAL : GOES_ON;
}

/** Lists the late purchases that are newer than a purchase. */
function takeLate(time: f64, sequence: f64): void {
  for (; lateAge < lateCount && listCount < tracked; lateAge++) {
    const late = lateAt(lateAge);
    if (!isNewer(late.time, late.sequence, time, sequence)) return;
    if (isMember(late.buyer)) addToList(late.buyer, late);
  }
}

function isMember(buyer: u32): bool {
  while (!near.has(buyer)) {
    const degreesLeft = near.degreesLeft(degrees);
    if (degreesLeft == 0) return false;
    const answer = meets(buyer, degreesLeft, budget);
    if (answer != TOO_DEAR) return answer == YES;
    expand();
  }
  return buyer != near.member(0);
}

function expand(): void {
  near.expand();
  allow();
}

function allow(): void {
  resetSpent();
  budget = isBounded ? alternativeCost() : Infinity;
}

/** What it costs to reach the next members, or to ask all of them. */
function alternativeCost(): f64 {
  return near.degreesLeft(degrees) > 0 ? <f64>near.expansionCost() : windowsCost(near.count, tracked);
}
