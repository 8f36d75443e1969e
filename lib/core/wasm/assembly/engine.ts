/** One network, as TypeScript calls it: see ../engine.ts. */
import { friendsOf, isFriend } from './friendships';
import { addId, findId, hashText, IdText, readNumber } from './ids';
import { near } from './neighbourhood';
import { listCount, listed } from './purchase-list';
import { sequence } from './purchases';
import { last, linesRead, readLines as readLinesTo, startReading as startReadingAt, stuckAt } from './reading';
import { makeLog } from './recency-log';
import { learnShape } from './scanner';
import { userCount } from './users';
import { keep, purchaseAt, windowOf } from './windows';

export { addFriend, befriend, clearFriends, unfriend } from './friendships';
export { addElsewhere, idLength, idStart } from './ids';
export { judge } from './judging';
export { findLatest, setSearch } from './latest-purchases';
export { addPurchase, clearPurchases, restorePurchase, setSequence } from './purchases';
export { listRoom } from './purchase-list';
export { ruleOnList } from './rule';

/** The scanner may look so far beyond the end of a text. */
const SLACK: u32 = 32;
const INPUT_SIZE: u32 = 1 << 17;
const SCRATCH_SIZE: u32 = 1 << 12;
const inputArea: usize = memory.data(INPUT_SIZE + SLACK);
const scratchArea: usize = memory.data(SCRATCH_SIZE + SLACK);

export function start(kept: u32, inOrder: u32, late: u32): void {
  keep(kept);
  makeLog(inOrder, late);
}

/** Where lines are to be put. */
export function input(): usize {
  return inputArea;
}

/** Where an id or a shape is to be put. */
export function scratch(): usize {
  return scratchArea;
}

export function startReading(offset: u32): void {
  startReadingAt(inputArea + offset);
}

export function readLines(length: u32, isJudged: bool): i32 {
  return readLinesTo(inputArea + length, isJudged);
}

export function readCount(): u32 {
  return linesRead;
}

export function unreadStart(): u32 {
  return <u32>(stuckAt() - inputArea);
}

export function lastStart(): u32 {
  return <u32>(last.start - inputArea);
}

export function lastEnd(): u32 {
  return <u32>(last.end - inputArea);
}

export function lastBuyer(): u32 {
  return last.user;
}

export function lastTime(): f64 {
  return last.time;
}

export function lastAmount(): f64 {
  return last.amount;
}

export function learn(size: u32): void {
  learnShape(scratchArea, size);
}

export function findUser(length: u32): i32 {
  return findId(scratchedId(length));
}

export function addUser(length: u32): i32 {
  return addId(scratchedId(length));
}

export function users(): u32 {
  return userCount;
}

export function hasFriend(user: u32, other: u32): bool {
  return isFriend(friendsOf(user), other);
}

export function friendsStart(user: u32): usize {
  return friendsOf(user).friends;
}

export function degree(user: u32): u32 {
  return friendsOf(user).degree;
}

export function purchaseCount(user: u32): u32 {
  return windowOf(user).count;
}

export function purchaseStart(user: u32, rank: u32): usize {
  return changetype<usize>(purchaseAt(windowOf(user), rank));
}

export function nextSequence(): f64 {
  return sequence;
}

export function listSize(): u32 {
  return listCount;
}

export function listStart(): usize {
  return changetype<usize>(listed(0));
}

/** Reaches everybody within so many degrees of a user: returns how many, the user included. */
export function reach(user: u32, degrees: u32): u32 {
  near.start(user);
  near.reachAll(degrees);
  return near.count;
}

const idText = changetype<IdText>(memory.data(16));

function scratchedId(length: u32): IdText {
  const end = scratchArea + length;
  // So that a number ends there.
  store<u8>(end, 0);
  if (readNumber(idText, scratchArea) != end) hashText(idText, scratchArea, end);
  return idText;
}
