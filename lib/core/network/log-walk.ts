import type { NetworkParameters } from '../events/log-header.ts';
import { Meeting } from './meeting.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { PurchaseList } from './purchase-list.ts';
import { isNewer, PURCHASE_WIDTH, SEQUENCE, TIME } from './purchase-record.ts';
import type { Friendships } from './friendships.ts';
import type { RecencyLog } from './recency-log.ts';

/** What looking at a purchase of the log costs, relative to looking at one friend during the search. */
export const WALK_COST = 2;

/** What the alternative to going on with a walk costs: reaching the next members, or asking all of them. */
export type AlternativeCost = () => number;

/** Finds a network's latest purchases by walking the recency log back, asking of each buyer whether they belong to the network. */
export class LogWalk {
  readonly #log: RecencyLog;
  readonly #near: Neighbourhood;
  readonly #meeting: Meeting;
  #degrees = 0;
  #budget = 0;
  #alternativeCost: AlternativeCost = () => Infinity;

  constructor(log: RecencyLog, near: Neighbourhood, friendships: Friendships) {
    this.#log = log;
    this.#near = near;
    this.#meeting = new Meeting(friendships, near);
  }

  /**
   * Adds the T latest purchases by anyone within D degrees of the neighbourhood's centre, which need not all be reached.
   * False if the log ends, or the alternative becomes cheaper, before they are found: the list is then of no use.
   */
  collect({ degrees, tracked }: NetworkParameters, list: PurchaseList, alternativeCost: AlternativeCost): boolean {
    this.#degrees = degrees;
    this.#alternativeCost = alternativeCost;
    this.#allow();
    if (!this.#collectInOrder(tracked, list) || !this.#collectLate(tracked, list)) return false;
    list.keepLatest(tracked);
    return true;
  }

  #collectInOrder(tracked: number, list: PurchaseList): boolean {
    const log = this.#log;
    const { inOrderCount } = log;
    let age = 0;
    for (; age < inOrderCount && list.count < tracked && this.#degreesLeft() > 0; age++) {
      if (!this.#take(log.inOrderPlace(age), list)) return false;
    }
    return this.#collectFromReached(age, tracked, list);
  }

  /** The same with nobody left to reach: the hot loop of large networks. */
  #collectFromReached(fromAge: number, tracked: number, list: PurchaseList): boolean {
    const log = this.#log;
    const near = this.#near;
    const { buyers, purchases, inOrderCount } = log;
    const centre = near.members[0];
    const end = Math.min(inOrderCount, fromAge + this.#budget / WALK_COST);
    let age = fromAge;
    for (; age < end && list.count < tracked; age++) {
      const place = log.inOrderPlace(age);
      const buyer = buyers[place]!;
      if (near.has(buyer) && buyer !== centre) list.add(buyer, purchases, place * PURCHASE_WIDTH);
    }
    return list.count === tracked || (age === inOrderCount && log.isComplete);
  }

  /** The late purchases that are newer than the oldest one taken in order. */
  #collectLate(tracked: number, list: PurchaseList): boolean {
    const log = this.#log;
    const isFull = list.count === tracked;
    const oldest = list.count - 1;
    const time = isFull ? list.times[oldest]! : -Infinity;
    const sequence = isFull ? list.sequences[oldest]! : -Infinity;
    if (!log.isComplete && !log.reaches(time, sequence)) return false;
    for (let age = 0; age < log.lateCount; age++) {
      const place = log.latePlace(age);
      const at = place * PURCHASE_WIDTH;
      if (!isNewer(log.purchases[at + TIME]!, log.purchases[at + SEQUENCE]!, time, sequence)) break;
      if (!this.#take(place, list)) return false;
    }
    return true;
  }

  /** Adds the purchase at a place of the log if a member made it; false if the walk has become too dear. */
  #take(place: number, list: PurchaseList): boolean {
    const log = this.#log;
    const buyer = log.buyers[place]!;
    this.#meeting.spent += WALK_COST;
    if (this.#isMember(buyer)) list.add(buyer, log.purchases, place * PURCHASE_WIDTH);
    if (this.#meeting.spent <= this.#budget) return true;
    if (this.#degreesLeft() === 0) return false;
    this.#near.expand();
    this.#allow();
    return true;
  }

  #isMember(buyer: number): boolean {
    if (this.#near.has(buyer)) return buyer !== this.#near.members[0];
    for (let left = this.#degreesLeft(); left > 0; left = this.#degreesLeft()) {
      const answer = this.#meeting.isWithin(buyer, left, this.#budget);
      if (answer !== 'too dear') return answer === 'yes';
      this.#near.expand();
      this.#allow();
      if (this.#near.has(buyer)) return true;
    }
    return false;
  }

  #degreesLeft(): number {
    return this.#near.degreesLeft(this.#degrees);
  }

  #allow(): void {
    this.#meeting.spent = 0;
    this.#budget = this.#alternativeCost();
  }
}
