import { allocate, allocateZeroed, release } from './blocks';

/** Where in a long list of friends each one stands: a hash table with open addressing, at most half full. */
@unmanaged
export class FriendIndex {
  entries: usize;
  /** The logarithm of how many entries there is room for. */
  bits: i32;
  count: u32;
}

@unmanaged
class Entry {
  /** The friend's number + 1; 0 where the entry is free. */
  friend: u32;
  position: u32;
}

const INDEX_BITS: i32 = 4;
const ENTRY_BITS: i32 = 3;
const FIRST_BITS: i32 = 8;

/** 2^32 divided by the golden ratio spreads numbers that follow each other (Knuth, The Art of Computer Programming 6.4). */
const GOLDEN: u32 = 0x9e3779b1;

/**
 * The table grows rather than look further: with room for all users in it the hash tells them apart, so numbers
 * chosen to collide gain nothing.
 */
const LONGEST_PROBE: u32 = 32;

export function makeIndex(): FriendIndex {
  const index = changetype<FriendIndex>(allocate(INDEX_BITS));
  index.entries = allocateZeroed(FIRST_BITS + ENTRY_BITS);
  index.bits = FIRST_BITS;
  index.count = 0;
  return index;
}

export function releaseIndex(index: FriendIndex): void {
  release(index.entries, index.bits + ENTRY_BITS);
  release(changetype<usize>(index), INDEX_BITS);
}

/** The position that is noted for a friend, or -1. */
export function indexedPosition(index: FriendIndex, friend: u32): i32 {
  const entry = entryOf(index, friend);
  return entry.friend > 0 ? entry.position : -1;
}

/** Notes a friend's position. */
export function remember(index: FriendIndex, friend: u32, position: u32): void {
  let entry = entryOf(index, friend);
  if (entry.friend == 0) {
    if (++index.count >> (index.bits - 1) > 0 || probes > LONGEST_PROBE) {
      grow(index);
      entry = entryOf(index, friend);
    }
    entry.friend = friend + 1;
  }
  entry.position = position;
}

/** Removes a friend, and closes the gap so that no search ends at it too early (Knuth, 6.4, algorithm R). */
export function forget(index: FriendIndex, friend: u32): void {
  const mask = (1 << index.bits) - 1;
  let gap = entryOf(index, friend);
  index.count--;
  let at = probedAt;
  let gapAt = at;
  for (let next = entryAt(index, ++at & mask); next.friend > 0; next = entryAt(index, ++at & mask)) {
    const home = firstPlace(index, next.friend - 1);
    // Where a search for it passes the gap, it may stand there.
    if (((at - home) & mask) < ((at - gapAt) & mask)) continue;
    gap.friend = next.friend;
    gap.position = next.position;
    gap = next;
    gapAt = at;
  }
  gap.friend = 0;
}

let probes: u32 = 0;
let probedAt: u32 = 0;

/** A friend's entry, or the free one where it belongs. */
function entryOf(index: FriendIndex, friend: u32): Entry {
  const mask = (1 << index.bits) - 1;
  const first = firstPlace(index, friend);
  let at = first;
  let entry = entryAt(index, at);
  while (entry.friend > 0 && entry.friend != friend + 1) entry = entryAt(index, ++at & mask);
  probes = at - first;
  probedAt = at;
  return entry;
}

function entryAt(index: FriendIndex, place: u32): Entry {
  return changetype<Entry>(index.entries + ((<usize>place) << ENTRY_BITS));
}

function firstPlace(index: FriendIndex, friend: u32): u32 {
  return (friend * GOLDEN) >>> (32 - index.bits);
}

function grow(index: FriendIndex): void {
  const old = index.entries;
  const oldBits = index.bits++;
  index.entries = allocateZeroed(index.bits + ENTRY_BITS);
  for (let place: u32 = 0; place >> oldBits == 0; place++) {
    const entry = changetype<Entry>(old + ((<usize>place) << ENTRY_BITS));
    if (entry.friend == 0) continue;
    const moved = entryOf(index, entry.friend - 1);
    moved.friend = entry.friend;
    moved.position = entry.position;
  }
  release(old, oldBits + ENTRY_BITS);
}
