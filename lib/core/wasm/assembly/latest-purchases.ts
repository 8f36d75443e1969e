import { friendshipCount } from './friendships';
import { FOUND, GAVE_UP, WALK_COST, walkLog } from './log-walk';
import { collectFromWindows, isUsualAtAGlance, windowsCost } from './member-windows';
import { near } from './neighbourhood';
import { startList } from './purchase-list';
import { userCount } from './users';

/** How to find the latest purchases of a network: see `Way` in TypeScript. */
const CHEAPEST: i32 = 0;
const MEMBERS: i32 = 1;
const MEETING: i32 = 3;

/** Searches that look at so few friends are not worth a thought. */
const CHEAP_SEARCH: u32 = 256;

let degrees: u32 = 0;
let tracked: u32 = 0;
let way: i32 = CHEAPEST;

/** D, T, and the way. */
export function setSearch(ofDegrees: u32, ofTracked: u32, ofWay: i32): void {
  degrees = ofDegrees;
  tracked = ofTracked;
  way = ofWay;
}

/**
 * Lists at most T purchases by anyone within D degrees of the user, the user excluded. False, with less work, if the amount
 * is surely usual among them.
 */
export function findLatest(user: u32, high: f64, low: f64): bool {
  startList(high, low);
  near.start(user);
  if (way == CHEAPEST) reachCheaply();
  else near.reachAll(way == MEETING ? degrees >> 1 : degrees);
  if (mayWalk()) {
    const end = walkLog(degrees, tracked, way == CHEAPEST);
    if (end != GAVE_UP) return end == FOUND;
  }
  near.reachAll(degrees);
  if (high == 0 && isUsualAtAGlance(near, tracked, low)) return false;
  collectFromWindows(near, tracked);
  return true;
}

/** Reaches further members as long as that costs less than asking recent buyers whether they are members. */
function reachCheaply(): void {
  while (near.degreesLeft(degrees) > 0) {
    const cost = near.expansionCost();
    if (cost > CHEAP_SEARCH && expectedMeetingCost(cost) < cost) return;
    near.expand();
  }
}

function mayWalk(): bool {
  if (way != CHEAPEST) return way != MEMBERS;
  if (near.degreesLeft(degrees) > 0) return true;
  return expectedSteps(near.count) * WALK_COST < windowsCost(near.count, tracked);
}

/** How far back in the log T purchases by `members` users reach, if all users buy alike. */
function expectedSteps(members: f64): f64 {
  return (<f64>tracked * <f64>userCount) / members;
}

function expectedMeetingCost(expansionCost: f64): f64 {
  const meanDegree = max(1, <f64>friendshipCount / <f64>userCount);
  const left = near.degreesLeft(degrees);
  const members = min(<f64>userCount, <f64>near.count + expansionCost * power(meanDegree, left - 1));
  const friendsUntilMet = min(power(meanDegree, left), <f64>userCount / <f64>near.count);
  return expectedSteps(members) * (WALK_COST + friendsUntilMet);
}

/** By squaring: there may be a million degrees. */
function power(base: f64, exponent: u32): f64 {
  let result: f64 = 1;
  let square = base;
  for (let left = exponent; left > 0; left >>= 1) {
    if (left & 1) result *= square;
    square *= square;
  }
  return result;
}
