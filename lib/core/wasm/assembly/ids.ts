import { allocate, allocateZeroed, double, release } from './blocks';
import { digitAt, isWholePart } from './text';
import { FIRST_USER_BITS } from './tables';
import { addUser, userCount } from './users';
import { setWord, WORD_BITS, wordAt } from './lists';

const NUMBER_BITS: i32 = 20;
/** Ids that are numbers below this are found without a hash. */
const ID_NUMBERS: u32 = 1 << NUMBER_BITS;

/** In bytes; longer ones are kept elsewhere. As in user-ids.ts. */
export const LONGEST_ID: usize = 1024;

/** FNV-1a (Fowler, Noll, Vo) over the bytes of an id. */
const HASH_START: u32 = 0x811c9dc5;
const HASH_PRIME: u32 = 0x01000193;

/** A longer run of occupied places is a sign of ids chosen to collide: those are left to a Map, whose hash is seeded. */
const LONGEST_PROBE: u32 = 32;

/** Where an id stands in memory, and what it is found by. */
@unmanaged
export class IdText {
  start: usize;
  end: usize;
  /** The id itself, if it is a number below {@link ID_NUMBERS} as JSON would write it; else -1. */
  number: i32;
  /** If it is no such number. */
  hash: u32;
}

@unmanaged
class Place {
  hash: u32;
  /** The user's number + 1; 0 where the place is free. */
  user: u32;
}

const PLACE_BITS: i32 = 3;

@unmanaged
class IdRow {
  start: u32;
  length: u32;
}

const ROW_BITS: i32 = 3;

/** By an id that is a small number: its user's number + 1, or 0. In pages, of which those without users are missing. */
const PAGE_BITS: i32 = 10;
const PAGE_MASK: u32 = (1 << PAGE_BITS) - 1;
const pages: usize = memory.data(1 << (NUMBER_BITS - PAGE_BITS + WORD_BITS));

/** A hash table with open addressing, at most half full. */
let placesBits: i32 = 4 + PLACE_BITS;
let places: usize = allocateZeroed(placesBits);
let occupied: u32 = 0;

/** The ids, one after the other, and where each user's is. */
let textBits: i32 = 6;
let text: usize = allocate(textBits);
let textEnd: u32 = 0;
let rows: usize = allocateZeroed(FIRST_USER_BITS + ROW_BITS);

/** Whether unknown ids may be known to the Map. */
let areSomeElsewhere: bool = false;

export function widenIds(userBits: i32): void {
  rows = double(rows, userBits + ROW_BITS);
}

/** Reads an id that is a small number: returns its end, or `position` itself if there is none. */
export function readNumber(id: IdText, position: usize): usize {
  let number: u32 = 0;
  let at = position;
  for (let digit = digitAt(at); digit < 10 && number < ID_NUMBERS; digit = digitAt(++at)) number = number * 10 + digit;
  id.start = position;
  id.end = at;
  id.number = number;
  return number < ID_NUMBERS && isWholePart(position, at) ? at : position;
}

/** Notes where an id stands that is no small number, and its hash. */
export function hashText(id: IdText, start: usize, end: usize): void {
  let hash = HASH_START;
  for (let at = start; at < end; at++) hash = (hash ^ load<u8>(at)) * HASH_PRIME;
  id.start = start;
  id.end = end;
  id.number = -1;
  id.hash = hash;
}

/** Reads where an id is looked up, so that those of many are fetched from memory at the same time. */
export function touchId(id: IdText): u32 {
  if (id.number < 0) return placeAt(firstPlace(id.hash)).user;
  return wordAt(wordAt(pages, id.number >>> PAGE_BITS), id.number & PAGE_MASK);
}

export function copyId(to: IdText, from: IdText): void {
  v128.store(changetype<usize>(to), v128.load(changetype<usize>(from)));
}

/** The user's number; -1 if there is none, or only the Map can tell. */
export function findId(id: IdText): i32 {
  if (id.number < 0) return <i32>placeOf(id).user - 1;
  const page = wordAt(pages, id.number >>> PAGE_BITS);
  return page == 0 ? -1 : <i32>wordAt(page, id.number & PAGE_MASK) - 1;
}

/** The user's number, a new one at first sight; -1 if only the Map can tell. */
export function findOrAddId(id: IdText): i32 {
  const user = findId(id);
  if (user >= 0) return user;
  return areSomeElsewhere && id.number < 0 ? -1 : addId(id);
}

/** A new user's number; -1 if the id's place is so crowded that the Map is to take it. */
export function addId(id: IdText): i32 {
  if (id.number >= 0) {
    setWord(pageFor(id.number), id.number & PAGE_MASK, userCount + 1);
  } else {
    const place = placeOf(id);
    if (probes > LONGEST_PROBE) return -1;
    place.hash = id.hash;
    place.user = userCount + 1;
    if ((++occupied << (PLACE_BITS + 1)) >> placesBits > 0) growPlaces();
  }
  const user = addUser();
  setText(user, id);
  return user;
}

/** A user whose id is kept elsewhere; `isCrowdedOut` if only for lack of room in its place. */
export function addElsewhere(isCrowdedOut: bool): u32 {
  if (isCrowdedOut) areSomeElsewhere = true;
  return addUser();
}

export function idStart(user: u32): usize {
  return text + changetype<IdRow>(rows + ((<usize>user) << ROW_BITS)).start;
}

/** In bytes; 0 if the id is kept elsewhere. */
export function idLength(user: u32): u32 {
  return changetype<IdRow>(rows + ((<usize>user) << ROW_BITS)).length;
}

function setText(user: u32, id: IdText): void {
  const length = <u32>(id.end - id.start);
  while ((textEnd + length) >> textBits > 0) text = double(text, textBits++);
  memory.copy(text + textEnd, id.start, length);
  const row = changetype<IdRow>(rows + ((<usize>user) << ROW_BITS));
  row.start = textEnd;
  row.length = length;
  textEnd += length;
}

function pageFor(number: u32): usize {
  const index = number >>> PAGE_BITS;
  if (wordAt(pages, index) == 0) setWord(pages, index, <u32>allocateZeroed(PAGE_BITS + WORD_BITS));
  return wordAt(pages, index);
}

/** How many places {@link placeOf} has looked at. */
let probes: u32 = 0;

/** The place of an id, or the free one where it belongs. */
function placeOf(id: IdText): Place {
  let at = firstPlace(id.hash);
  let place = placeAt(at);
  probes = 1;
  while (place.user > 0 && (place.hash != id.hash || !isIdOf(place.user - 1, id))) {
    place = placeAt(++at);
    probes++;
  }
  return place;
}

/** A place by its number, counted round and round. */
function placeAt(at: u32): Place {
  const mask = (1 << (placesBits - PLACE_BITS)) - 1;
  return changetype<Place>(places + ((<usize>(at & mask)) << PLACE_BITS));
}

function firstPlace(hash: u32): u32 {
  return hash ^ (hash >>> 15);
}

function isIdOf(user: u32, id: IdText): bool {
  const length = <usize>idLength(user);
  return length == id.end - id.start && memory.compare(idStart(user), id.start, length) == 0;
}

function growPlaces(): void {
  const old = places;
  const oldBits = placesBits++;
  const end = old + ((<usize>1) << oldBits);
  places = allocateZeroed(placesBits);
  for (let at = old; at < end; at += offsetof<Place>()) {
    const place = changetype<Place>(at);
    if (place.user == 0) continue;
    let index = firstPlace(place.hash);
    while (placeAt(index).user > 0) index++;
    store<u64>(changetype<usize>(placeAt(index)), load<u64>(at));
  }
  release(old, oldBits);
}
