import { befriend, friendsOf, touchFriends, unfriend } from './friendships';
import { copyId, findOrAddId, IdText, touchId } from './ids';
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

  /** What the line calls the buyer, or the first of two friends. */
  get firstId(): IdText {
    return changetype<IdText>(changetype<usize>(this) + offsetof<ScannedEvent>());
  }

  get secondId(): IdText {
    return changetype<IdText>(changetype<usize>(this.firstId) + offsetof<IdText>());
  }
}

/** How {@link readLines} ends, besides with a verdict on the last line. As in log-reader.ts. */
const ALL_READ: i32 = -1;
const NOT_READ: i32 = -2;

/**
 * Lines are scanned some at a time and applied after: what finding their users and applying them will touch can so be fetched from
 * memory at the same time, instead of one place after the other. In a network that is larger than the cache this halves the time.
 */
const MOST_AHEAD: u32 = 32;
const EVENT: usize = 72;
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
    findUsers();
    touchState();
    if (isJudged) touchNetworks();
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
    if (next == 0) {
      isStuck = true;
      return;
    }
    note(eventAt(scanned++), next);
    position = next;
  }
}

/** Notes what has just been scanned. */
function note(event: ScannedEvent, next: usize): void {
  event.type = type;
  event.time = time;
  event.amount = amount;
  event.start = position;
  event.end = next;
  copyId(event.firstId, first);
  copyId(event.secondId, type == PURCHASE ? first : second);
}

/** Finds the users of the events; goes back to the first event whose users only TypeScript knows. */
function findUsers(): void {
  let sum: u32 = 0;
  for (let index: u32 = 0; index < scanned; index++) {
    sum += touchId(eventAt(index).firstId) + touchId(eventAt(index).secondId);
  }
  prefetch(sum);
  for (let index: u32 = 0; index < scanned; index++) {
    const event = eventAt(index);
    const user = findOrAddId(event.firstId);
    const other = user < 0 || event.type == PURCHASE ? user : findOrAddId(event.secondId);
    if (other < 0) {
      isStuck = true;
      position = event.start;
      scanned = index;
      return;
    }
    event.user = user;
    event.other = other;
  }
}

/** Reads something of all that applying the events will touch, so that it is fetched from memory at the same time. */
function touchState(): void {
  let sum: u32 = 0;
  for (let index: u32 = 0; index < scanned; index++) {
    const event = eventAt(index);
    if (event.type == PURCHASE) sum += load<u32>(nextPlace(event.user));
    else sum += firstFriendOf(event.user) + firstFriendOf(event.other);
  }
  prefetch(sum);
}

/** The same of what judging them will touch first. */
function touchNetworks(): void {
  let sum: u32 = 0;
  for (let index: u32 = 0; index < scanned; index++) sum += firstFriendOf(eventAt(index).user);
  for (let index: u32 = 0; index < scanned; index++) sum += touchFriends(eventAt(index).user);
  prefetch(sum);
}

function firstFriendOf(user: u32): u32 {
  return wordAt(friendsOf(user).friends, 0);
}

/** Where the line begins that could not be read. */
export function stuckAt(): usize {
  return position;
}

export { linesRead, last };
