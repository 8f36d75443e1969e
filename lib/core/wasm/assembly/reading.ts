import { befriend, friendsOf, unfriend } from './friendships';
import { findOrAddId } from './ids';
import { judge } from './judging';
import { prefetch, wordAt } from './lists';
import { addPurchase } from './purchases';
import { USUAL } from './rule';
import { amount, BEFRIEND, first, PURCHASE, scan, second, time, type } from './scanner';
import { nextPlace } from './windows';

/** An event of a line that has been scanned, and is still to be applied. */
@unmanaged
class ScannedEvent {
  time: f64;
  amount: f64;
  type: i32;
  /** The buyer, or the first of two friends. */
  user: u32;
  other: u32;
  /** Where its line begins and ends in memory. */
  start: usize;
  end: usize;
}

/** How {@link readLines} ends, besides with a verdict on the last line. As in log-reader.ts. */
const ALL_READ: i32 = -1;
const NOT_READ: i32 = -2;

/**
 * Lines are scanned some at a time and applied after: what applying them will touch can so be fetched from memory at the same
 * time, instead of one place after the other. In a network that is larger than the cache this halves the time.
 */
const MOST_AHEAD: u32 = 32;
const EVENT: usize = 40;
const events: usize = memory.data(<i32>EVENT * MOST_AHEAD, 8);
let scanned: u32 = 0;
let applied: u32 = 0;

/** Where scanning goes on, and whether it met a line that it cannot read. */
let position: usize = 0;
let isStuck: bool = false;

/** The event that was applied last. */
let last = eventAt(0);
let linesRead: u32 = 0;

function eventAt(index: u32): ScannedEvent {
  return changetype<ScannedEvent>(events + <usize>index * EVENT);
}

/** Starts at lines that stand in memory. */
export function startReading(start: usize): void {
  position = start;
  scanned = 0;
  applied = 0;
  isStuck = false;
}

/**
 * Reads the lines up to `end`. Stops before one that only the full parser can read, and behind a purchase that is anomalous, or
 * may be: the list then holds what it is judged against.
 */
export function readLines(end: usize, isJudged: bool): i32 {
  linesRead = 0;
  while (true) {
    while (applied < scanned) {
      const event = eventAt(applied++);
      const verdict = apply(event, isJudged);
      linesRead++;
      last = event;
      if (verdict != USUAL) return verdict;
    }
    if (isStuck) {
      isStuck = false;
      return NOT_READ;
    }
    if (position == end) return ALL_READ;
    scanAhead(end);
    warm();
  }
}

function apply(event: ScannedEvent, isJudged: bool): i32 {
  const user = event.user;
  if (event.type == PURCHASE) {
    const verdict = isJudged ? judge(user, 0, event.amount) : USUAL;
    addPurchase(user, event.time, 0, event.amount);
    return verdict;
  }
  if (event.type == BEFRIEND) befriend(user, event.other);
  else unfriend(user, event.other);
  return USUAL;
}

function scanAhead(end: usize): void {
  applied = 0;
  scanned = 0;
  while (scanned < MOST_AHEAD && position < end) {
    const next = scan(position);
    if (next == 0 || !note(eventAt(scanned), next)) {
      isStuck = true;
      return;
    }
    position = next;
    scanned++;
  }
}

/** Notes the scanned event; false if only TypeScript knows its users. */
function note(event: ScannedEvent, next: usize): bool {
  const user = findOrAddId(first);
  if (user < 0) return false;
  const other = type == PURCHASE ? user : findOrAddId(second);
  if (other < 0) return false;
  event.type = type;
  event.user = user;
  event.other = other;
  event.time = time;
  event.amount = amount;
  event.start = position;
  event.end = next;
  return true;
}

/** Has what applying the events will touch brought into the cache, all at the same time. */
function warm(): void {
  let sum: u32 = 0;
  for (let index: u32 = 0; index < scanned; index++) {
    const event = eventAt(index);
    if (event.type == PURCHASE) {
      sum += load<u32>(nextPlace(event.user));
    } else {
      sum += wordAt(friendsOf(event.user).friends, 0) + wordAt(friendsOf(event.other).friends, 0);
    }
  }
  prefetch(sum);
}

/** Where the line begins that could not be read. */
export function stuckAt(): usize {
  return position;
}

export { linesRead, last };
