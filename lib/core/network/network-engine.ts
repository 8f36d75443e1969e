import type { Seconds } from '../events/event.ts';
import type { NetworkParameters } from '../events/log-header.ts';
import type { Amount } from './anomaly-rule.ts';
import { Friendships } from './friendships.ts';
import { LatestPurchases, type Network, type Way } from './latest-purchases.ts';
import { PurchaseWindows } from './purchase-windows.ts';
import type { PurchaseList } from './purchase-list.ts';
import type { RecencyLog } from './recency-log.ts';
import { UserIds } from './user-ids.ts';

export interface EngineOptions extends NetworkParameters {
  /** Purchases kept per user, at least T: the largest T that can be chosen later. */
  readonly kept: number;
  /** Forces one way of finding the latest purchases; for tests. */
  readonly way: Way;
  readonly log: RecencyLog;
}

/**
 * The state of one network and the rule over it, in numbers instead of objects: users as `ids` counts them, amounts in
 * two parts (see exact-amount.ts). A purchase is judged on what came before it, then added.
 */
export class NetworkEngine implements Network {
  readonly ids = new UserIds();
  readonly friendships = new Friendships();
  readonly windows: PurchaseWindows;
  readonly log: RecencyLog;
  /** What purchases are judged by from now on. */
  parameters: NetworkParameters;
  /** Purchases added so far: the next one's sequence number. */
  sequence = 0;
  readonly #latest: LatestPurchases;
  readonly #way: Way;

  constructor({ degrees, tracked, kept, way, log }: EngineOptions) {
    this.windows = new PurchaseWindows(kept);
    this.log = log;
    this.parameters = { degrees, tracked };
    this.#latest = new LatestPurchases(this);
    this.#way = way;
  }

  /**
   * The purchases that one by this user and of this amount is judged against; good until the next call. Undefined if the
   * amount is so usual among them that not all were needed to tell.
   */
  latestPurchases(user: number, amount: Amount): PurchaseList | undefined {
    return this.#latest.find(user, { parameters: this.parameters, way: this.#way, amount });
  }

  addPurchase(user: number, time: Seconds, high: number, low: number): void {
    const sequence = this.sequence++;
    this.windows.add(user, time, sequence, high, low);
    this.log.add(user, time, sequence, high, low);
  }

  befriend(user: number, other: number): void {
    this.friendships.add(user, other);
    this.friendships.add(other, user);
  }

  unfriend(user: number, other: number): void {
    this.friendships.remove(user, other);
    this.friendships.remove(other, user);
  }
}
