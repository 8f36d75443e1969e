import type { NetworkParameters } from '../events/log-header.ts';
import { widen } from '../events/widen.ts';
import type { Friendships } from './friendships.ts';
import { Meeting } from './meeting.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { PURCHASE_WIDTH } from './purchase-record.ts';
import type { PurchaseWindows } from './purchase-windows.ts';
import type { RecencyLog } from './recency-log.ts';
import type { UserIds } from './user-ids.ts';
import { WindowMerge } from './window-merge.ts';

/**
 * How to find the latest purchases of a network. Each way is exact; they differ in cost:
 * - `members`: reach all members, then merge their windows. Best for networks of up to some hundreds.
 * - `log`: reach all members, then walk the recency log back. Best for large networks.
 * - `meeting`: walk the log back and ask of each buyer whether the two sides meet. Best where a hub or many degrees
 *   would make reaching all members dear.
 */
export type Way = 'cheapest' | 'members' | 'log' | 'meeting';

// Costs relative to looking at one friend during the search, as measured by the bench on networks of 100,000 users.
const MERGE_MEMBER = 3;
const MERGE_PURCHASE = 10;
const WALK_PURCHASE = 2;
/** Searches that look at so few friends are not worth a thought. */
const CHEAP_SEARCH = 256;

export interface Network {
  readonly ids: UserIds;
  readonly friendships: Friendships;
  readonly windows: PurchaseWindows;
  readonly log: RecencyLog;
}

/** The T latest purchases of a user's network. */
export class LatestPurchases {
  /** What {@link find} found, newest first, {@link PURCHASE_WIDTH} doubles each. */
  purchases = new Float64Array(0);
  /** Who bought, in the same order. */
  buyers = new Int32Array(0);
  readonly #network: Network;
  readonly #near: Neighbourhood;
  readonly #meeting: Meeting;
  readonly #merge: WindowMerge;
  #count = 0;
  #user = -1;
  #degrees = 0;
  #tracked = 0;
  /** What the walk may cost before another way is cheaper. */
  #budget = 0;

  constructor(network: Network) {
    this.#network = network;
    this.#near = new Neighbourhood(network.friendships);
    this.#meeting = new Meeting(network.friendships, this.#near);
    this.#merge = new WindowMerge(network.windows);
  }

  /** Finds at most T purchases by anyone within D degrees of the user, the user excluded; returns how many. */
  find(user: number, { degrees, tracked }: NetworkParameters, way: Way = 'cheapest'): number {
    this.purchases = widen(this.purchases, tracked * PURCHASE_WIDTH);
    this.buyers = widen(this.buyers, tracked);
    this.#user = user;
    this.#degrees = degrees;
    this.#tracked = tracked;
    this.#near.start(user, this.#network.ids.count);
    if (way === 'cheapest') this.#reachCheaply();
    else this.#reach(way === 'meeting' ? degrees >> 1 : degrees);
    if (this.#mayWalk(way) && this.#walk(way === 'cheapest')) return this.#count;
    this.#reach(degrees);
    this.#mergeMembers();
    return this.#count;
  }

  #degreesLeft(): number {
    return this.#near.isExhausted ? 0 : this.#degrees - this.#near.radius;
  }

  #reach(degrees: number): void {
    while (this.#near.radius < degrees && !this.#near.isExhausted) this.#near.expand();
  }

  /** Reaches further members as long as that costs less than asking recent buyers whether they are members. */
  #reachCheaply(): void {
    while (this.#degreesLeft() > 0) {
      const cost = this.#near.expansionCost();
      if (cost > CHEAP_SEARCH && this.#expectedMeetingCost(cost) < cost) return;
      this.#near.expand();
    }
  }

  #mayWalk(way: Way): boolean {
    if (way !== 'cheapest') return way !== 'members';
    return this.#degreesLeft() > 0 || this.#expectedSteps(this.#near.count) * WALK_PURCHASE < this.#mergeCost();
  }

  /** How far back in the log T purchases by `members` users reach, if all users buy alike. */
  #expectedSteps(members: number): number {
    return (this.#tracked * this.#near.userCount) / members;
  }

  #expectedMeetingCost(expansionCost: number): number {
    const { userCount, count } = this.#near;
    const meanDegree = Math.max(1, this.#network.friendships.total / userCount);
    const left = this.#degreesLeft();
    const members = Math.min(userCount, count + expansionCost * meanDegree ** (left - 1));
    const friendsUntilMet = Math.min(meanDegree ** left, userCount / count);
    return this.#expectedSteps(members) * (WALK_PURCHASE + friendsUntilMet);
  }

  #mergeCost(): number {
    return this.#near.count * MERGE_MEMBER + this.#tracked * MERGE_PURCHASE;
  }

  /** Walks the log back; false if its reach ends, or the budget, before the purchases are found. */
  #walk(isBounded: boolean): boolean {
    const { log } = this.#network;
    this.#count = 0;
    this.#allow(isBounded);
    log.startWalk();
    while (this.#count < this.#tracked) {
      const place = log.older();
      if (place < 0) return log.isComplete;
      const buyer = log.buyers[place]!;
      if (buyer === this.#user) continue;
      if (this.#isMember(buyer)) this.#keep(buyer, log.purchases, place * PURCHASE_WIDTH);
      this.#meeting.spent += WALK_PURCHASE;
      if (this.#meeting.spent <= this.#budget) continue;
      if (this.#degreesLeft() === 0) return false;
      this.#near.expand();
      this.#allow(isBounded);
    }
    return true;
  }

  #allow(isBounded: boolean): void {
    this.#meeting.spent = 0;
    const alternative = this.#degreesLeft() > 0 ? this.#near.expansionCost() : this.#mergeCost();
    this.#budget = isBounded ? alternative : Infinity;
  }

  #isMember(buyer: number): boolean {
    for (;;) {
      const answer = this.#meeting.isWithin(buyer, this.#degreesLeft(), this.#budget);
      if (answer !== 'too dear') return answer === 'yes';
      this.#near.expand();
      this.#allow(true);
    }
  }

  #mergeMembers(): void {
    const { windows } = this.#network;
    const merge = this.#merge;
    this.#count = 0;
    merge.start(this.#near.members, 1, this.#near.count);
    for (let buyer = merge.user; buyer >= 0 && this.#count < this.#tracked; buyer = merge.user) {
      const place = merge.take();
      this.#keep(buyer, windows.pageOf(place), windows.offsetOf(place));
    }
  }

  #keep(buyer: number, source: Float64Array, at: number): void {
    const to = this.#count * PURCHASE_WIDTH;
    for (let field = 0; field < PURCHASE_WIDTH; field++) this.purchases[to + field] = source[at + field]!;
    this.buyers[this.#count++] = buyer;
  }
}
