import { allocate, double } from './blocks';
import { Glance, GLANCE_BITS, glancesStart } from './glances';
import { prefetch, setWord, WORD_BITS, wordAt } from './lists';
import { Neighbourhood } from './neighbourhood';

/** Who of a network bought recently, and copies of the glances at them, which stand far apart. */

let roomBits: i32 = 8;
let buyers: usize = allocate(roomBits + WORD_BITS);
let copies: usize = allocate(roomBits + GLANCE_BITS);
export let recentCount: u32 = 0;

export function recentBuyer(index: u32): u32 {
  return wordAt(buyers, index);
}

export function recentGlance(index: u32): Glance {
  return changetype<Glance>(copies + ((<usize>index) << GLANCE_BITS));
}

/** Finds who of those reached bought since a rounded time, the one in the centre excluded. */
export function findRecentBuyers(near: Neighbourhood, earliest: u32): void {
  const members = near.members;
  const end = near.count;
  // What does not change is read once: the compiler cannot know.
  const glances = glancesStart();
  makeRoom(end);
  touchGlances(glances, members, end);
  const found = buyers;
  const shown = copies;
  let count: u32 = 0;
  for (let at: u32 = 1; at < end; at++) {
    const member = wordAt(members, at);
    const glance = glances + ((<usize>member) << GLANCE_BITS);
    setWord(found, count, member);
    v128.store(shown + ((<usize>count) << GLANCE_BITS), v128.load(glance));
    count += changetype<Glance>(glance).time >= earliest ? 1 : 0;
  }
  recentCount = count;
}

/**
 * Reads something of each glance, so that they are fetched from memory all at the same time: the less else a loop does, the more of its
 * reads the processor has under way. Four at a time take a twentieth off a verdict among a million users; the odd ones come later.
 */
function touchGlances(glances: usize, members: usize, count: u32): void {
  const end = members + ((<usize>(count & ~3)) << WORD_BITS);
  let sum: u32 = 0;
  for (let at = members; at < end; at += 16) {
    sum += timeAt(glances, load<u32>(at)) + timeAt(glances, load<u32>(at, 4));
    sum += timeAt(glances, load<u32>(at, 8)) + timeAt(glances, load<u32>(at, 12));
  }
  prefetch(sum);
}

function timeAt(glances: usize, user: u32): u32 {
  return changetype<Glance>(glances + ((<usize>user) << GLANCE_BITS)).time;
}

function makeRoom(most: u32): void {
  while (most >> roomBits > 0) {
    buyers = double(buyers, roomBits + WORD_BITS);
    copies = double(copies, roomBits + GLANCE_BITS);
    roomBits++;
  }
}
