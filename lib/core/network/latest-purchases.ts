import type { NetworkParameters } from '../events/log-header.ts';
import type { Amount } from './anomaly-rule.ts';
import type { Friendships } from './friendships.ts';
import { LogWalk, WALK_COST } from './log-walk.ts';
import { membersCost, MemberWindows } from './member-windows.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { PurchaseList } from './purchase-list.ts';
import type { PurchaseWindows } from './purchase-windows.ts';
import type { RecencyLog } from './recency-log.ts';
import type { UserIds } from './user-ids.ts';

/**
 * How to find the latest purchases of a network. Each way is exact; they differ in cost:
 * - `members`: reach all members, then look into their windows. Best for networks of up to some hundreds.
 * - `log`: reach all members, then walk the recency log back. Best for large networks.
 * - `meeting`: walk the log back and ask of each buyer whether the two sides meet. Best where a hub or many degrees
 *   would make reaching all members dear.
 */
export type Way = 'cheapest' | 'members' | 'log' | 'meeting';

/** Searches that look at so few friends are not worth a thought. */
const CHEAP_SEARCH = 256;

export interface Search {
  readonly parameters: NetworkParameters;
  readonly way: Way;
  readonly amount: Amount;
}

export interface Network {
  readonly ids: UserIds;
  readonly friendships: Friendships;
  readonly windows: PurchaseWindows;
  readonly log: RecencyLog;
}

/** The T latest purchases of a user's network. */
export class LatestPurchases {
  readonly #network: Network;
  readonly #near: Neighbourhood;
  readonly #windows: MemberWindows;
  readonly #walk: LogWalk;
  readonly #list = new PurchaseList();

  constructor(network: Network) {
    this.#network = network;
    this.#near = new Neighbourhood(network.friendships);
    this.#windows = new MemberWindows(network.windows);
    this.#walk = new LogWalk(network.log, this.#near, network.friendships);
  }

  /**
   * Finds at most T purchases by anyone within D degrees of the user, the user excluded; good until the next call.
   * Undefined, with less work, if the amount is surely usual among them: {@link UNLIMITED} never is.
   */
  find(user: number, { parameters, way, amount }: Search): PurchaseList | undefined {
    const { degrees, tracked } = parameters;
    const list = this.#list;
    list.start(amount);
    this.#near.start(user, this.#network.ids.count);
    if (way === 'cheapest') this.#reachCheaply(parameters);
    else this.#near.reach(way === 'meeting' ? degrees >> 1 : degrees);
    if (this.#mayWalk(parameters, way)) {
      const end = this.#walk.collect(parameters, list, way === 'cheapest');
      if (end !== 'gave up') return end === 'found' ? list : undefined;
    }
    this.#near.reach(degrees);
    const isUsual = amount.high === 0 && this.#windows.isSurelyUsual(this.#near, tracked, amount.low, list);
    if (isUsual) return undefined;
    this.#windows.collect(this.#near, tracked, list);
    return list;
  }

  /** Reaches further members as long as that costs less than asking recent buyers whether they are members. */
  #reachCheaply(parameters: NetworkParameters): void {
    while (this.#near.degreesLeft(parameters.degrees) > 0) {
      const cost = this.#near.expansionCost();
      if (cost > CHEAP_SEARCH && this.#expectedMeetingCost(parameters, cost) < cost) return;
      this.#near.expand();
    }
  }

  #mayWalk(parameters: NetworkParameters, way: Way): boolean {
    if (way !== 'cheapest') return way !== 'members';
    if (this.#near.degreesLeft(parameters.degrees) > 0) return true;
    return (
      this.#expectedSteps(parameters, this.#near.count) * WALK_COST < membersCost(this.#near.count, parameters.tracked)
    );
  }

  /** How far back in the log T purchases by `members` users reach, if all users buy alike. */
  #expectedSteps({ tracked }: NetworkParameters, members: number): number {
    return (tracked * this.#near.userCount) / members;
  }

  #expectedMeetingCost(parameters: NetworkParameters, expansionCost: number): number {
    const { userCount, count } = this.#near;
    const meanDegree = Math.max(1, this.#network.friendships.total / userCount);
    const left = this.#near.degreesLeft(parameters.degrees);
    const members = Math.min(userCount, count + expansionCost * meanDegree ** (left - 1));
    const friendsUntilMet = Math.min(meanDegree ** left, userCount / count);
    return this.#expectedSteps(parameters, members) * (WALK_COST + friendsUntilMet);
  }
}
