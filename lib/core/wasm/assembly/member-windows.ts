import { allocate, double } from './blocks';
import { glanceAt, nextTimeOf, roundedTime } from './glances';
import { Neighbourhood } from './neighbourhood';
import { addToList, atLeast, clearList, keepLatest, listCount, oldestListedTime } from './purchase-list';
import { isSurelyUsual } from './rule';
import { FIRST_USER_BITS } from './tables';
import { oldestTime, purchaseAt, recentTime, windowOf } from './windows';
import { prefetch, setWord, WORD_BITS, wordAt } from './lists';

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
const FIRST_LOOK: f64 = 0.6;
const SECOND_LOOK: f64 = 1.3;
const STEP: f64 = 4;
const SMOOTHING: f64 = 1 / 8;

/** Seconds that one member's windows would have to reach back. */
let memberSeconds: f64 = 1;

let recent: usize = allocate(FIRST_USER_BITS + WORD_BITS);
let recentCount: u32 = 0;
/** Of the recent buyers those who have more than their newest purchase to give. */
let further: usize = allocate(FIRST_USER_BITS + WORD_BITS);
let furtherCount: u32 = 0;

export function widenMemberWindows(userBits: i32): void {
  recent = double(recent, userBits + WORD_BITS);
  further = double(further, userBits + WORD_BITS);
}

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

/**
 * Whether an amount in millionths is surely usual among the T latest purchases: a glance at the latest of them, which
 * decides three of four judgements. False tells nothing. Leaves the list with some of them in it.
 */
export function isUsualAtAGlance(near: Neighbourhood, tracked: u32, amount: f64): bool {
  if (recentTime == -Infinity) return false;
  const earliest = roundedTime(recentTime - (memberSeconds / (<f64>near.count - 1)) * FIRST_LOOK);
  chooseRecent(near, earliest);
  const newestAtLeast = countNewest(earliest, amount);
  clearList();
  warm(further, furtherCount);
  for (let index: u32 = 0; index < furtherCount; index++) collectOlder(wordAt(further, index), earliest);
  // Up to T purchases of which none that is missing is newer: all of them are among the T latest.
  return recentCount + listCount <= tracked && isSurelyUsual(newestAtLeast + atLeast, tracked);
}

function learn(seconds: f64, isSurprise: bool): void {
  memberSeconds += (seconds - memberSeconds) * (isSurprise ? 1 : SMOOTHING);
}

function collectSince(earliest: f64, near: Neighbourhood): void {
  chooseRecent(near, roundedTime(earliest));
  warm(recent, recentCount);
  for (let index: u32 = 0; index < recentCount; index++) {
    const member = wordAt(recent, index);
    const row = windowOf(member);
    for (let rank = row.count; rank > 0; rank--) {
      const purchase = purchaseAt(row, rank - 1);
      if (purchase.time < earliest) break;
      addToList(member, purchase);
    }
  }
}

/** All but the newest purchase, back to a rounded time. */
function collectOlder(member: u32, earliest: u32): void {
  const row = windowOf(member);
  for (let rank = row.count - 1; rank > 0; rank--) {
    const purchase = purchaseAt(row, rank - 1);
    if (roundedTime(purchase.time) < earliest) return;
    addToList(member, purchase);
  }
}

function chooseRecent(near: Neighbourhood, earliest: u32): void {
  const members = near.members;
  const end = near.count;
  let count: u32 = 0;
  for (let at: u32 = 1; at < end; at++) {
    const member = wordAt(members, at);
    setWord(recent, count, member);
    count += glanceAt(member).time >= earliest ? 1 : 0;
  }
  recentCount = count;
}

/** Counts the recent buyers whose newest purchase is at least as large, and notes those who have further recent ones. */
function countNewest(earliest: u32, amount: f64): u32 {
  let count: u32 = 0;
  let newestAtLeast: u32 = 0;
  for (let index: u32 = 0; index < recentCount; index++) {
    const member = wordAt(recent, index);
    const glance = glanceAt(member);
    newestAtLeast += <f64>glance.amount >= amount ? 1 : 0;
    setWord(further, count, member);
    count += nextTimeOf(member) >= earliest ? 1 : 0;
  }
  furtherCount = count;
  return newestAtLeast;
}

/** Has the users' newest purchases brought into the cache, all at the same time. */
function warm(users: usize, count: u32): void {
  let sum: u32 = 0;
  for (let index: u32 = 0; index < count; index++) {
    const row = windowOf(wordAt(users, index));
    sum += load<u32>(changetype<usize>(purchaseAt(row, row.count - 1)));
  }
  prefetch(sum);
}
