import type { NetworkParameters } from '../events/log-header.ts';
import { Meeting } from './meeting.ts';
import { membersCost } from './member-windows.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { PurchaseList } from './purchase-list.ts';
import { isNewer, PURCHASE_WIDTH, SEQUENCE, TIME } from './purchase-record.ts';
import type { Friendships } from './friendships.ts';
import type { RecencyLog } from './recency-log.ts';

/** What looking at a purchase of the log costs, relative to looking at one friend during the search. */
export const WALK_COST = 2;

/** Finds a network's latest purchases by walking the recency log back, asking of each buyer whether they belong to the network. */
export class LogWalk {
  readonly #log: RecencyLog;
  readonly #near: Neighbourhood;
  readonly #meeting: Meeting;
  #parameters: NetworkParameters = { degrees: 0, tracked: 0 };
  #isBounded = false;
  #budget = 0;

  constructor(log: RecencyLog, near: Neighbourhood, friendships: Friendships) {
    this.#log = log;
    this.#near = near;
    this.#meeting = new Meeting(friendships, near);
  }

  /**
   * Adds the T latest purchases by anyone within D degrees of the neighbourhood's centre, which need not all be reached.
   * A bounded walk reaches further members, and at last gives up, once it has cost as much as that would.
   * False if it gives up, or the log's reach ends, before they are found: the list is then of no use.
   */
  collect(parameters: NetworkParameters, list: PurchaseList, isBounded: boolean): boolean {
    this.#parameters = parameters;
    this.#isBounded = isBounded;
    this.#allow();
    if (!this.#collectInOrder(list) || !this.#collectLate(list)) return false;
    list.keepLatest(parameters.tracked);
    return true;
  }

  #collectInOrder(list: PurchaseList): boolean {
    const log = this.#log;
    const { tracked } = this.#parameters;
    let age = 0;
    for (; age < log.inOrderCount && list.count < tracked && this.#degreesLeft() > 0; age++) {
      this.#take(log.inOrderPlace(age), list);
    }
    return this.#collectFromReached(age, list);
  }

  /** The same with nobody left to reach: the hot loop of large networks. */
  #collectFromReached(fromAge: number, list: PurchaseList): boolean {
    const { tracked } = this.#parameters;
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
  #collectLate(list: PurchaseList): boolean {
    const log = this.#log;
    const isFull = list.count === this.#parameters.tracked;
    const oldest = list.count - 1;
    const time = isFull ? list.times[oldest]! : -Infinity;
    const sequence = isFull ? list.sequences[oldest]! : -Infinity;
    if (!log.isComplete && !log.reaches(time, sequence)) return false;
    for (let age = 0; age < log.lateCount; age++) {
      const place = log.latePlace(age);
      const at = place * PURCHASE_WIDTH;
      if (!isNewer(log.purchases[at + TIME]!, log.purchases[at + SEQUENCE]!, time, sequence)) break;
      this.#take(place, list);
    }
    return true;
  }

  /** Adds the purchase at a place of the log if a member made it. */
  #take(place: number, list: PurchaseList): void {
    const log = this.#log;
    const buyer = log.buyers[place]!;
    if (this.#isMember(buyer)) list.add(buyer, log.purchases, place * PURCHASE_WIDTH);
    this.#meeting.spent += WALK_COST;
    if (this.#meeting.spent > this.#budget && this.#degreesLeft() > 0) this.#expand();
  }

  #isMember(buyer: number): boolean {
    while (!this.#near.has(buyer)) {
      const degreesLeft = this.#degreesLeft();
      if (degreesLeft === 0) return false;
      const answer = this.#meeting.isWithin(buyer, degreesLeft, this.#budget);
      if (answer !== 'too dear') return answer === 'yes';
      this.#expand();
    }
    return buyer !== this.#near.members[0];
  }

  #degreesLeft(): number {
    return this.#near.degreesLeft(this.#parameters.degrees);
  }

  #expand(): void {
    this.#near.expand();
    this.#allow();
  }

  #allow(): void {
    this.#meeting.spent = 0;
    this.#budget = this.#isBounded ? this.#alternativeCost() : Infinity;
  }

  /** What it costs to reach the next members, or to ask all of them. */
  #alternativeCost(): number {
    if (this.#degreesLeft() > 0) return this.#near.expansionCost();
    return membersCost(this.#near.count, this.#parameters.tracked);
  }
}
