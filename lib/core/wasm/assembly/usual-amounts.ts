import { allocate, double } from './blocks';
import { amountOf, GLANCED_AT, roundedAmount, roundedTime } from './glances';
import { doubleAt, setDouble } from './lists';
import { recentBuyer, recentCount, recentGlance } from './recent-buyers';
import { leastLimit } from './rule';
import { largest } from './select';
import { purchaseAt, WindowRow, windowOf } from './windows';

/** Tells that an amount is usual from some of the latest purchases, in rounded numbers: this decides nearly all judgements. */

/** Purchases since a time: when each was made, rounded, and its amount, rounded down. */
let roomBits: i32 = 9;
let times: usize = allocate(roomBits);
let amounts: usize = allocate(roomBits);
/** Room to select in. */
let keys: usize = allocate(roomBits);
let count: u32 = 0;

/** Whether an amount in millionths is surely usual among the T latest purchases, given all who bought since a rounded time. */
export function isSurelyUsualSince(earliest: u32, tracked: u32, amount: f64): bool {
  if (isUsualAmongShown(earliest, tracked, amount)) return true;
  collect(earliest);
  keepLatest(tracked);
  return isUsualAmongCollected(tracked, amount);
}

/** Glances show two purchases: all since the latest third one are known, and up to T of them are among the T latest. */
function isUsualAmongShown(earliest: u32, tracked: u32, amount: f64): bool {
  let before = earliest - 1;
  for (let index: u32 = 0; index < recentCount; index++) before = max(before, recentGlance(index).thirdTime);
  let known: u32 = 0;
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let index: u32 = 0; index < recentCount; index++) {
    const glance = recentGlance(index);
    const newest: f64 = glance.time > before ? <f64>amountOf(glance.amount) : 0;
    const second: f64 = glance.secondTime > before ? <f64>amountOf(glance.secondAmount) : 0;
    known += (glance.time > before ? 1 : 0) + (glance.secondTime > before ? 1 : 0);
    sum += newest + second;
    squares += newest * newest + second * second;
  }
  return known <= tracked && amount <= leastLimit(tracked, known, sum, squares);
}

function isUsualAmongCollected(tracked: u32, amount: f64): bool {
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let index: u32 = 0; index < count; index++) {
    const collected = doubleAt(amounts, index);
    sum += collected;
    squares += collected * collected;
  }
  return amount <= leastLimit(tracked, count, sum, squares);
}

/** Collects all purchases since a rounded time: glances show nearly all of them. */
function collect(earliest: u32): void {
  makeRoom(2 * recentCount);
  count = 0;
  for (let index: u32 = 0; index < recentCount; index++) {
    const glance = recentGlance(index);
    add(glance.time, glance.amount);
    if (glance.secondTime >= earliest) add(glance.secondTime, glance.secondAmount);
  }
  for (let index: u32 = 0; index < recentCount; index++) {
    if (recentGlance(index).thirdTime >= earliest) collectOlder(windowOf(recentBuyer(index)), earliest);
  }
}

/** All that a glance does not show. */
function collectOlder(row: WindowRow, earliest: u32): void {
  makeRoom(count + row.count);
  for (let rank = <i32>row.count - GLANCED_AT; rank >= 0; rank--) {
    const purchase = purchaseAt(row, rank);
    const time = roundedTime(purchase.time);
    if (time < earliest) return;
    add(time, roundedAmount(purchase.high, purchase.low));
  }
}

function add(time: u32, amount: u16): void {
  setDouble(times, count, <f64>time);
  setDouble(amounts, count++, <f64>amountOf(amount));
}

/** Drops all but the latest, and of equally late ones all if some are too many. */
function keepLatest(most: u32): void {
  if (count <= most) return;
  memory.copy(keys, times, (<usize>count) << 3);
  const time = largest(keys, count, most + 1);
  let kept: u32 = 0;
  for (let index: u32 = 0; index < count; index++) {
    setDouble(amounts, kept, doubleAt(amounts, index));
    kept += doubleAt(times, index) > time ? 1 : 0;
  }
  count = kept;
}

function makeRoom(purchases: u32): void {
  while (((<usize>purchases) << 3) >> roomBits > 0) {
    times = double(times, roomBits);
    amounts = double(amounts, roomBits);
    keys = double(keys, roomBits);
    roomBits++;
  }
}
