import type { Seconds } from '../events/event.ts';
import type { NetworkParameters } from '../events/log-header.ts';
import { isSurelyUsual } from './anomaly-rule.ts';
import type { Friendships } from './friendships.ts';
import { Meeting } from './meeting.ts';
import { membersCost } from './member-windows.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { PurchaseList } from './purchase-list.ts';
import { isNewer, PURCHASE_WIDTH, SEQUENCE, TIME } from './purchase-record.ts';
import type { RecencyLog } from './recency-log.ts';

/** What looking at a purchase of the log costs, relative to looking at one friend during the search. */
export const WALK_COST = 2;

/** How a walk ends: with the purchases, without need of them since the amount is usual, or before it has found them. */
export type WalkEnd = 'found' | 'surely usual' | 'gave up';

/** Finds a network's latest purchases by walking the recency log back, asking of each buyer whether they belong to the network. */
export class LogWalk {
  readonly #log: RecencyLog;
  readonly #near: Neighbourhood;
  readonly #meeting: Meeting;
  #parameters: NetworkParameters = { degrees: 0, tracked: 0 };
  #isBounded = false;
  #budget = 0;
  /** How many of the late purchases have been looked at. */
  #lateAge = 0;

  constructor(log: RecencyLog, near: Neighbourhood, friendships: Friendships) {
    this.#log = log;
    this.#near = near;
    this.#meeting = new Meeting(friendships, near);
  }

  /**
   * Adds the T latest purchases by anyone within D degrees of the neighbourhood's centre, who need not all be reached,
   * newest first; stops as soon as the amount that the list is for is surely usual among them. A bounded walk reaches
   * further members, and at last gives up, once it has cost as much as that would.
   */
  collect(parameters: NetworkParameters, list: PurchaseList, isBounded: boolean): WalkEnd {
    this.#parameters = parameters;
    this.#isBounded = isBounded;
    this.#lateAge = 0;
    this.#allow();
    const log = this.#log;
    const { inOrderCount, buyers } = log;
    for (let age = 0; age < inOrderCount; age++) {
      const place = log.inOrderPlace(age);
      if (this.#isMember(buyers[place]!)) {
        const end = this.#take(place, list);
        if (end !== undefined) return end;
      }
      this.#meeting.spent += WALK_COST;
      if (this.#meeting.spent <= this.#budget) continue;
      if (this.#degreesLeft() === 0) return 'gave up';
      this.#expand();
    }
    if (!log.isComplete) return 'gave up';
    this.#takeLate(-Infinity, -Infinity, list);
    return 'found';
  }

  /** Adds the purchase at a place of the log, after the late ones that are newer; undefined if the walk goes on. */
  #take(place: number, list: PurchaseList): WalkEnd | undefined {
    const log = this.#log;
    const { tracked } = this.#parameters;
    const at = place * PURCHASE_WIDTH;
    const time = log.purchases[at + TIME]!;
    const sequence = log.purchases[at + SEQUENCE]!;
    if (!log.reaches(time, sequence)) return 'gave up';
    this.#takeLate(time, sequence, list);
    if (list.count < tracked) list.add(log.buyers[place]!, log.purchases, at);
    if (list.count === tracked) return 'found';
    return isSurelyUsual(list.atLeast, tracked) ? 'surely usual' : undefined;
  }

  /** Adds the late purchases that are newer than a purchase. */
  #takeLate(time: Seconds, sequence: number, list: PurchaseList): void {
    const log = this.#log;
    for (; this.#lateAge < log.lateCount && list.count < this.#parameters.tracked; this.#lateAge++) {
      const place = log.latePlace(this.#lateAge);
      const at = place * PURCHASE_WIDTH;
      if (!isNewer(log.purchases[at + TIME]!, log.purchases[at + SEQUENCE]!, time, sequence)) return;
      if (this.#isMember(log.buyers[place]!)) list.add(log.buyers[place]!, log.purchases, at);
    }
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
