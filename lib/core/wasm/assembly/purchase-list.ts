import { allocate, double } from './blocks';
import { Purchase } from './purchase';
import { LoggedPurchase } from './recency-log';
import { largest } from './select';
import { setDouble } from './lists';

/** Purchases and who made them, in no particular order; filled anew for every judgement. */
const ENTRY: usize = 40;

export let listCount: u32 = 0;
/** How many of them are at least as large as the amount that the list is for. */
export let atLeast: u32 = 0;
let amountHigh: f64 = 0;
let amountLow: f64 = 0;

let entriesBits: i32 = 12;
let entries: usize = allocate(entriesBits);
/** Room to select in: eight bytes for each entry. */
let keys: usize = allocate(entriesBits);

/** How many purchases the list has room for: as many as it ever held, or some more. */
export function listRoom(): u32 {
  return <u32>(((<usize>1) << entriesBits) / ENTRY);
}

/** Empties the list for another amount. */
export function startList(high: f64, low: f64): void {
  amountHigh = high;
  amountLow = low;
  clearList();
}

export function clearList(): void {
  listCount = 0;
  atLeast = 0;
}

export function listed(index: u32): LoggedPurchase {
  return changetype<LoggedPurchase>(entries + <usize>index * ENTRY);
}

export function addToList(buyer: u32, purchase: Purchase): void {
  if (((<usize>listCount + 1) * ENTRY) >> entriesBits > 0) growList();
  const entry = listed(listCount++);
  copy(entry, purchase);
  entry.buyer = buyer;
  const isAtLeast = purchase.high > amountHigh || (purchase.high == amountHigh && purchase.low >= amountLow);
  atLeast += isAtLeast ? 1 : 0;
}

/** Of all purchases in the list, at least one. */
export function oldestListedTime(): f64 {
  let oldest: f64 = Infinity;
  for (let index: u32 = 0; index < listCount; index++) oldest = min(oldest, listed(index).time);
  return oldest;
}

/** Drops all but the latest purchases. */
export function keepLatest(most: u32): void {
  if (listCount <= most) return;
  for (let index: u32 = 0; index < listCount; index++) setDouble(keys, index, listed(index).time);
  const time = largest(keys, listCount, most);
  let later: u32 = 0;
  let tied: u32 = 0;
  for (let index: u32 = 0; index < listCount; index++) {
    const purchase = listed(index);
    if (purchase.time > time) later++;
    else if (purchase.time == time) setDouble(keys, tied++, purchase.sequence);
  }
  keepFrom(time, later + tied == most ? -Infinity : largest(keys, tied, most - later));
}

function keepFrom(time: f64, sequence: f64): void {
  let kept: u32 = 0;
  for (let index: u32 = 0; index < listCount; index++) {
    const purchase = listed(index);
    const isKept = purchase.time > time || (purchase.time == time && purchase.sequence >= sequence);
    if (!isKept) continue;
    const entry = listed(kept++);
    copy(entry, purchase);
    entry.buyer = purchase.buyer;
  }
  listCount = kept;
}

function copy(to: Purchase, from: Purchase): void {
  to.time = from.time;
  to.sequence = from.sequence;
  to.high = from.high;
  to.low = from.low;
}

function growList(): void {
  entries = double(entries, entriesBits);
  keys = double(keys, entriesBits);
  entriesBits++;
}
