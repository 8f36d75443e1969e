import { allocate, allocateZeroed, double } from './blocks';
import { friendsOf } from './friendships';
import { FIRST_USER_BITS } from './tables';
import { prefetch, setWord, WORD_BITS, wordAt } from './lists';

const UNKNOWN = u32.MAX_VALUE;

/** The users within some degrees of one user: a breadth-first search that goes outwards one degree at a time. */
@unmanaged
export class Neighbourhood {
  /** The users reached, nearest first; the one in the centre is the first. */
  members: usize;
  count: u32;
  /** How many degrees the search has gone. */
  radius: u32;
  /** Where among the members those begin that are exactly {@link radius} away. */
  frontierStart: u32;
  /** A bit per user: of a million users they fit into the processor's nearest caches. */
  reached: usize;
  /** Counted once per radius, when asked for. */
  cost: u32;

  member(at: u32): u32 {
    return wordAt(this.members, at);
  }

  has(user: u32): bool {
    return ((wordAt(this.reached, user >>> 5) >>> (user & 31)) & 1) != 0;
  }

  /** Starts at a user, all by itself. */
  start(user: u32): void {
    for (let at: u32 = 0; at < this.count; at++) setWord(this.reached, this.member(at) >>> 5, 0);
    this.count = 0;
    this.reach(user);
    this.radius = 0;
    this.frontierStart = 0;
    this.cost = UNKNOWN;
  }

  /** How many of so many degrees are still to go: none if there is nobody further out. */
  degreesLeft(degrees: u32): u32 {
    return this.frontierStart == this.count ? 0 : degrees - this.radius;
  }

  /** Reaches everybody within so many degrees. */
  reachAll(degrees: u32): void {
    while (this.degreesLeft(degrees) > 0) this.expand();
  }

  /** Reaches the users one degree further out: nothing else costs so much per judgement. */
  expand(): void {
    const members = this.members;
    const reached = this.reached;
    const frontierEnd = this.count;
    let count = frontierEnd;
    this.warm();
    for (let at = this.frontierStart; at < frontierEnd; at++) {
      const row = friendsOf(wordAt(members, at));
      const end = row.friends + ((<usize>row.degree) << 2);
      for (let friendAt = row.friends; friendAt < end; friendAt += 4) {
        const friend = load<u32>(friendAt);
        const word = wordAt(reached, friend >>> 5);
        const bit: u32 = 1 << (friend & 31);
        setWord(members, count, friend);
        count += (word & bit) == 0 ? 1 : 0;
        setWord(reached, friend >>> 5, word | bit);
      }
    }
    this.frontierStart = frontierEnd;
    this.count = count;
    this.radius++;
    this.cost = UNKNOWN;
  }

  /** Has the lists of the outermost members' friends brought into the cache, all at the same time. */
  private warm(): void {
    let sum: u32 = 0;
    for (let at = this.frontierStart; at < this.count; at++) sum += load<u32>(friendsOf(this.member(at)).friends);
    prefetch(sum);
  }

  /** How many friends {@link expand} would have to look at. */
  expansionCost(): u32 {
    if (this.cost == UNKNOWN) {
      let cost: u32 = 0;
      for (let at = this.frontierStart; at < this.count; at++) cost += friendsOf(this.member(at)).degree;
      this.cost = cost;
    }
    return this.cost;
  }

  private reach(user: u32): void {
    setWord(this.reached, user >>> 5, wordAt(this.reached, user >>> 5) | (1 << (user & 31)));
    setWord(this.members, this.count, user);
    this.count++;
  }
}

export const near = makeNeighbourhood();
export const far = makeNeighbourhood();

function makeNeighbourhood(): Neighbourhood {
  const neighbourhood = changetype<Neighbourhood>(allocateZeroed(5));
  neighbourhood.members = allocate(FIRST_USER_BITS + WORD_BITS);
  neighbourhood.reached = allocateZeroed(FIRST_USER_BITS - 3);
  return neighbourhood;
}

export function widenNeighbourhoods(userBits: i32): void {
  widen(near, userBits);
  widen(far, userBits);
}

function widen(neighbourhood: Neighbourhood, userBits: i32): void {
  neighbourhood.members = double(neighbourhood.members, userBits + WORD_BITS);
  neighbourhood.reached = double(neighbourhood.reached, userBits - 3);
}
