import { allocate, allocateZeroed, double } from './blocks';
import { forget, FriendIndex, indexedPosition, makeIndex, releaseIndex, remember } from './friend-index';
import { FIRST_USER_BITS } from './tables';
import { setWord, WORD_BITS, wordAt } from './lists';

/** Who is whose friend: a list of numbers per user. */
@unmanaged
export class FriendRow {
  friends: usize;
  degree: u32;
  capacity: u32;
  /** Of a user of many friends: where in the list each one stands; else 0. */
  index: usize;
}

const ROW_BITS: i32 = 4;
const FIRST_CAPACITY: u32 = 8;

/** From this degree on a user's friends are indexed; below, looking through the list is faster. */
const WIDE: u32 = 64;

/** Friendships, each counted from both sides. */
export let friendshipCount: u64 = 0;

let rows: usize = allocateZeroed(FIRST_USER_BITS + ROW_BITS);

export function widenFriendships(userBits: i32): void {
  rows = double(rows, userBits + ROW_BITS);
}

export function friendsOf(user: u32): FriendRow {
  return changetype<FriendRow>(rows + ((<usize>user) << ROW_BITS));
}

/** Reads something of the lists of a user's friends (of a hub's, some), so that they are fetched from memory all at the same time. */
export function touchFriends(user: u32): u32 {
  const row = friendsOf(user);
  const end = row.friends + ((<usize>min(row.degree, WIDE)) << WORD_BITS);
  let sum: u32 = 0;
  for (let at = row.friends; at < end; at += 4) sum += wordAt(friendsOf(load<u32>(at)).friends, 0);
  return sum;
}

/** Whether the list is indexed, so that {@link isFriend} takes the same time however long it is. */
export function isWide(row: FriendRow): bool {
  return row.degree > WIDE;
}

export function isFriend(row: FriendRow, friend: u32): bool {
  return positionOf(row, friend) >= 0;
}

export function befriend(user: u32, other: u32): void {
  addFriend(user, other);
  addFriend(other, user);
}

export function unfriend(user: u32, other: u32): void {
  removeFriend(user, other);
  removeFriend(other, user);
}

/** Lists a friend, once. The other direction is for the caller to add. */
export function addFriend(user: u32, friend: u32): void {
  const row = friendsOf(user);
  if (positionOf(row, friend) >= 0) return;
  const degree = row.degree;
  if (degree == row.capacity) growList(row);
  setWord(row.friends, degree, friend);
  row.degree = degree + 1;
  friendshipCount++;
  if (degree > WIDE) remember(indexOf(row), friend, degree);
  else if (degree == WIDE) indexList(row);
}

function removeFriend(user: u32, friend: u32): void {
  const row = friendsOf(user);
  const position = positionOf(row, friend);
  if (position < 0) return;
  const lastPosition = row.degree - 1;
  const last = wordAt(row.friends, lastPosition);
  setWord(row.friends, position, last);
  row.degree = lastPosition;
  friendshipCount--;
  if (lastPosition < WIDE) return;
  if (lastPosition == WIDE) {
    dropIndex(row);
    return;
  }
  remember(indexOf(row), last, position);
  forget(indexOf(row), friend);
}

export function clearFriends(user: u32): void {
  const row = friendsOf(user);
  friendshipCount -= row.degree;
  if (isWide(row)) dropIndex(row);
  row.degree = 0;
}

/** Four friends at a time; a list may be read to the end of its block, where what is no friend any more is passed over. */
function positionOf(row: FriendRow, friend: u32): i32 {
  const degree = row.degree;
  if (degree > WIDE) return indexedPosition(indexOf(row), friend);
  const wanted = i32x4.splat(friend);
  for (let position: u32 = 0; position < degree; position += 4) {
    const four = v128.load(row.friends + ((<usize>position) << WORD_BITS));
    const found = i32x4.bitmask(i32x4.eq(four, wanted));
    if (found == 0) continue;
    const first = position + ctz(found);
    return first < degree ? first : -1;
  }
  return -1;
}

function indexOf(row: FriendRow): FriendIndex {
  return changetype<FriendIndex>(row.index);
}

function indexList(row: FriendRow): void {
  const index = makeIndex();
  row.index = changetype<usize>(index);
  for (let at: u32 = 0; at < row.degree; at++) remember(index, wordAt(row.friends, at), at);
}

function dropIndex(row: FriendRow): void {
  releaseIndex(indexOf(row));
}

function growList(row: FriendRow): void {
  if (row.capacity == 0) {
    row.friends = allocate(ctz(FIRST_CAPACITY) + WORD_BITS);
    row.capacity = FIRST_CAPACITY;
  } else {
    row.friends = double(row.friends, ctz(row.capacity) + WORD_BITS);
    row.capacity *= 2;
  }
}
