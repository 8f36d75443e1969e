import { allocate, release } from './blocks';
import { isNewer, Purchase } from './purchase';

/**
 * The latest purchases of all users together, to be walked back. Those that came late are kept apart, sorted, so that one far
 * back in time does not move all that came after it. Every purchase newer than the log's reach is in it.
 */
@unmanaged
export class LoggedPurchase extends Purchase {
  buyer: u32;
}

const ENTRY: usize = 40;

/** The capacities, and how much of them there is room for by now: a network that is small takes little memory. */
const FIRST_ROOM: u32 = 64;
let inOrder: u32 = 0;
let inOrderRoom: u32 = 0;
let late: u32 = 0;
let lateRoom: u32 = 0;

let inOrderEntries: usize = 0;
let lateEntries: usize = 0;
let appended: u64 = 0;
export let lateCount: u32 = 0;
let newestTime: f64 = -Infinity;
let reachTime: f64 = -Infinity;
let reachSequence: f64 = -Infinity;

/** Sets the capacities in purchases, in order (a power of two) and late; before the first is added. */
export function makeLog(inOrderCapacity: u32, lateCapacity: u32): void {
  inOrder = inOrderCapacity;
  inOrderRoom = min(inOrder, FIRST_ROOM);
  inOrderEntries = allocate(bitsOf(inOrderRoom));
  late = lateCapacity;
  lateRoom = min(late, FIRST_ROOM);
  lateEntries = allocate(bitsOf(lateRoom));
}

function bitsOf(room: u32): i32 {
  return 64 - <i32>clz(<u64>room * ENTRY - 1);
}

function widened(entries: usize, room: u32, wider: u32): usize {
  const moved = allocate(bitsOf(wider));
  memory.copy(moved, entries, <usize>room * ENTRY);
  release(entries, bitsOf(room));
  return moved;
}

function widenInOrder(): void {
  const wider = min(2 * inOrderRoom, inOrder);
  inOrderEntries = widened(inOrderEntries, inOrderRoom, wider);
  inOrderRoom = wider;
}

function widenLate(): void {
  const wider = min(2 * lateRoom, late);
  lateEntries = widened(lateEntries, lateRoom, wider);
  lateRoom = wider;
}

export function inOrderCount(): u32 {
  return <u32>min(appended, <u64>inOrder);
}

/** A purchase that came in order; age 0 is the newest. */
export function inOrderAt(age: u32): LoggedPurchase {
  return changetype<LoggedPurchase>(inOrderEntries + <usize>((<u32>appended - 1 - age) & (inOrderRoom - 1)) * ENTRY);
}

/** A purchase that came late; age 0 is the newest by time. */
export function lateAt(age: u32): LoggedPurchase {
  return lateAtRank(lateCount - 1 - age);
}

/** Whether no purchase was ever left out. */
export function isComplete(): bool {
  return reachTime == -Infinity && appended <= <u64>inOrder;
}

/** Whether all purchases newer than this one are in the log. */
export function reaches(purchase: Purchase): bool {
  return isNewer(purchase.time, purchase.sequence, reachTime, reachSequence);
}

export function addToLog(user: u32, time: f64, sequence: f64, high: f64, low: f64): void {
  let purchase: LoggedPurchase;
  if (time < newestTime) {
    purchase = insertLate(time);
  } else {
    newestTime = time;
    if (appended == inOrderRoom && inOrderRoom < inOrder) widenInOrder();
    appended++;
    purchase = inOrderAt(0);
  }
  purchase.time = time;
  purchase.sequence = sequence;
  purchase.high = high;
  purchase.low = low;
  purchase.buyer = user;
}

/** Tells that purchases up to this one may be missing. */
export function limitLog(time: f64, sequence: f64): void {
  if (!isNewer(time, sequence, reachTime, reachSequence)) return;
  reachTime = time;
  reachSequence = sequence;
}

/** Tells that any purchase up to now, which is the one of this sequence number, may be missing. */
export function limitLogToLater(sequence: f64): void {
  limitLog(newestTime, sequence);
}

function lateAtRank(rank: u32): LoggedPurchase {
  return changetype<LoggedPurchase>(lateEntries + <usize>rank * ENTRY);
}

/** Makes room among the late purchases. */
function insertLate(time: f64): LoggedPurchase {
  if (lateCount == late) dropOlderLate();
  if (lateCount == lateRoom) widenLate();
  const rank = lateRank(time);
  const entry = changetype<usize>(lateAtRank(rank));
  memory.copy(entry + ENTRY, entry, <usize>(lateCount - rank) * ENTRY);
  lateCount++;
  return lateAtRank(rank);
}

/** Half of them at once: one at a time would move all others each time, and after a date far ahead every purchase is late. */
function dropOlderLate(): void {
  const dropped = (late + 1) >> 1;
  const newest = lateAtRank(dropped - 1);
  limitLog(newest.time, newest.sequence);
  lateCount -= dropped;
  memory.copy(lateEntries, changetype<usize>(lateAtRank(dropped)), <usize>lateCount * ENTRY);
}

/** How many late purchases are older: those of the same time came earlier, so they are. */
function lateRank(time: f64): u32 {
  let low: u32 = 0;
  let high = lateCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lateAtRank(middle).time <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
