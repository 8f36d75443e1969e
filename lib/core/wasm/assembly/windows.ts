import { allocate, allocateZeroed, double, release } from './blocks';
import { clearGlance, GLANCED_AT, glanceAtPurchase, isSurelyNewest } from './glances';
import { Purchase, PURCHASE_BITS } from './purchase';
import { FIRST_USER_BITS } from './tables';

/** A user's latest purchases, at most {@link kept} of them, in a ring that grows with them. */
@unmanaged
export class WindowRow {
  ring: usize;
  /** The oldest one's place in the ring. */
  oldest: u32;
  count: u32;
  capacity: u32;
}

const ROW_BITS: i32 = 4;
const FIRST_CAPACITY: u32 = 4;
/** Rings grow fourfold: by doubling, most users would leave as much memory behind as they end up with. */
const GROWTH_BITS: i32 = 2;

let kept: u32 = 0;
/** About now: the later one of the last two times, so that neither a late purchase nor a date far ahead misleads for long. */
export let recentTime: f64 = -Infinity;
/** Of all purchases that were ever added. */
export let oldestTime: f64 = Infinity;
let lastTime: f64 = -Infinity;

let rows: usize = allocateZeroed(FIRST_USER_BITS + ROW_BITS);

export function widenWindows(userBits: i32): void {
  rows = double(rows, userBits + ROW_BITS);
}

/** Sets how many purchases are kept per user, before the first is added. */
export function keep(purchases: u32): void {
  kept = purchases;
}

export function windowOf(user: u32): WindowRow {
  return changetype<WindowRow>(rows + ((<usize>user) << ROW_BITS));
}

/** A user's purchase by its rank: 0 is the oldest one. */
export function purchaseAt(row: WindowRow, rank: u32): Purchase {
  const place = (row.oldest + rank) & (row.capacity - 1);
  return changetype<Purchase>(row.ring + ((<usize>place) << PURCHASE_BITS));
}

/** Where the user's next purchase will be written, if there is room for it. */
export function nextPlace(user: u32): usize {
  const row = windowOf(user);
  return changetype<usize>(purchaseAt(row, row.count));
}

/** Takes a purchase that is later in the log than all before it; its time may be earlier. */
export function addToWindow(user: u32, time: f64, sequence: f64, high: f64, low: f64): void {
  recentTime = max(time, lastTime);
  lastTime = time;
  oldestTime = min(time, oldestTime);
  const row = windowOf(user);
  if (!isNewest(user, row, time)) {
    if (row.count == kept && time < purchaseAt(row, 0).time) return;
    write(push(row), time, sequence, high, low);
    sink(row);
    glanceAgain(user, row);
  } else {
    glanceAtPurchase(user, time, high, low);
    write(push(row), time, sequence, high, low);
  }
}

/** Whether a purchase of this time is not late. Nearly always a glance tells, which is nearer than the window. */
function isNewest(user: u32, row: WindowRow, time: f64): bool {
  return isSurelyNewest(user, time) || row.count == 0 || time >= purchaseAt(row, row.count - 1).time;
}

export function clearWindow(user: u32): void {
  windowOf(user).count = 0;
  clearGlance(user);
}

function write(purchase: Purchase, time: f64, sequence: f64, high: f64, low: f64): void {
  purchase.time = time;
  purchase.sequence = sequence;
  purchase.high = high;
  purchase.low = low;
}

/** Makes room for a newest purchase. */
function push(row: WindowRow): Purchase {
  if (row.count == kept) {
    row.oldest++;
  } else {
    if (row.count == row.capacity) growRing(row);
    row.count++;
  }
  return purchaseAt(row, row.count - 1);
}

/** Moves the newest purchase down to where its time belongs. */
function sink(row: WindowRow): void {
  for (let rank = row.count - 1; rank > 0; rank--) {
    const purchase = purchaseAt(row, rank);
    const older = purchaseAt(row, rank - 1);
    if (purchase.time >= older.time) return;
    swap(purchase, older);
  }
}

/** After a late purchase, which may be anywhere among the newest. */
function glanceAgain(user: u32, row: WindowRow): void {
  clearGlance(user);
  for (let rank = <u32>max(0, <i32>row.count - GLANCED_AT); rank < row.count; rank++) {
    const purchase = purchaseAt(row, rank);
    glanceAtPurchase(user, purchase.time, purchase.high, purchase.low);
  }
}

/** A ring is full when it grows: what stands before the oldest purchase goes behind the end of what stands from there on. */
function growRing(row: WindowRow): void {
  const capacity = row.capacity;
  const wider = capacity == 0 ? FIRST_CAPACITY : capacity << GROWTH_BITS;
  const ring = allocate(PURCHASE_BITS + ctz(wider));
  if (capacity > 0) {
    const size = (<usize>capacity) << PURCHASE_BITS;
    const first = (<usize>(row.oldest & (capacity - 1))) << PURCHASE_BITS;
    memory.copy(ring, row.ring + first, size - first);
    memory.copy(ring + size - first, row.ring, first);
    release(row.ring, PURCHASE_BITS + ctz(capacity));
  }
  row.ring = ring;
  row.oldest = 0;
  row.capacity = wider;
}

function swap(one: Purchase, other: Purchase): void {
  const time = one.time;
  const sequence = one.sequence;
  const high = one.high;
  const low = one.low;
  write(one, other.time, other.sequence, other.high, other.low);
  write(other, time, sequence, high, low);
}
