import { roundedTime } from './glances';
import { prefetch } from './lists';
import { Neighbourhood } from './neighbourhood';
import { addToList, clearList, keepLatest, listCount, oldestListedTime } from './purchase-list';
import { findRecentBuyers, recentBuyer, recentCount } from './recent-buyers';
import { isSurelyUsualSince } from './usual-amounts';
import { oldestTime, purchaseAt, recentTime, windowOf } from './windows';

/**
 * Finds a network's latest purchases in the windows of its members. Several short passes instead of a merge: where the
 * rounds of a loop do not wait for each other, the processor fetches the memory of many at once.
 *
 * If all users bought alike, T purchases of M members would reach back a time proportional to 1/M: this proportion is
 * learnt from one judgement to the next, so that the first look back nearly always finds just enough.
 */

// Costs relative to looking at one friend during the search, as measured by the bench on networks of 100,000 users.
const MEMBER_COST: f64 = 3;
const PURCHASE_COST: f64 = 10;

/** What {@link collectFromWindows} costs, relative to looking at one friend during the search. */
export function windowsCost(members: u32, tracked: u32): f64 {
  return <f64>members * MEMBER_COST + <f64>tracked * PURCHASE_COST;
}

/**
 * How far back to look, relative to what earlier judgements needed: first for less than T purchases, which often are enough
 * to tell that the amount is usual; then for some more than T; and where that was not enough, so many times further.
 */
const FIRST_LOOK: f64 = 0.7;
const SECOND_LOOK: f64 = 1.3;
const STEP: f64 = 4;
const SMOOTHING: f64 = 1 / 8;

/** Seconds that one member's windows would have to reach back. */
let memberSeconds: f64 = 1;

/** Lists the T latest purchases by anyone reached but the one in the centre. */
export function collectFromWindows(near: Neighbourhood, tracked: u32): void {
  const members = <f64>near.count - 1;
  clearList();
  if (members == 0 || recentTime == -Infinity) return;
  const expected = (memberSeconds / members) * SECOND_LOOK;
  const longest = recentTime - oldestTime;
  let seconds = expected;
  collectSince(recentTime - seconds, near);
  while (listCount < tracked && seconds < longest) {
    seconds = max(1, seconds * STEP);
    clearList();
    collectSince(recentTime - seconds, near);
  }
  if (listCount < tracked) return;
  keepLatest(tracked);
  learn(max(0, recentTime - oldestListedTime()) * members, seconds > expected);
}

/** Whether an amount in millionths is surely usual among the T latest purchases, as far as glances tell. False tells nothing. */
export function isUsualAtAGlance(near: Neighbourhood, tracked: u32, amount: f64): bool {
  const members = <f64>near.count - 1;
  if (members == 0 || recentTime == -Infinity) return false;
  const expected = memberSeconds / members;
  return (
    isUsualSince(recentTime - expected * FIRST_LOOK, near, tracked, amount) ||
    isUsualSince(recentTime - expected * SECOND_LOOK, near, tracked, amount)
  );
}

function isUsualSince(time: f64, near: Neighbourhood, tracked: u32, amount: f64): bool {
  const earliest = roundedTime(time);
  findRecentBuyers(near, earliest);
  return isSurelyUsualSince(earliest, tracked, amount);
}

function learn(seconds: f64, isSurprise: bool): void {
  memberSeconds += (seconds - memberSeconds) * (isSurprise ? 1 : SMOOTHING);
}

function collectSince(earliest: f64, near: Neighbourhood): void {
  findRecentBuyers(near, roundedTime(earliest));
  touchWindows();
  for (let index: u32 = 0; index < recentCount; index++) {
    const buyer = recentBuyer(index);
    const row = windowOf(buyer);
    for (let rank = row.count; rank > 0; rank--) {
      const purchase = purchaseAt(row, rank - 1);
      if (purchase.time < earliest) break;
      addToList(buyer, purchase);
    }
  }
}

/** Reads something of the recent buyers' windows, so that they are fetched from memory all at the same time. */
function touchWindows(): void {
  let sum: u32 = 0;
  for (let index: u32 = 0; index < recentCount; index++) {
    const row = windowOf(recentBuyer(index));
    sum += load<u32>(changetype<usize>(purchaseAt(row, row.count - 1)));
  }
  prefetch(sum);
}
