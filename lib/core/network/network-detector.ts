import type { NetworkEvent, Parsed, Purchase, UserId } from '../events/event.ts';
import { parseDegrees, parseTracked, type NetworkParameters } from '../events/log-header.ts';
import { addressOf } from '../wasm/engine.ts';
import { statisticsOf, type Statistics } from './anomaly-rule.ts';
import { highPart, lowPart } from './exact-amount.ts';
import { NetworkEngine, type Amount, type LogCapacity, type Way } from './network-engine.ts';
import { purchaseAt, type KeptPurchase } from './purchase-record.ts';

export interface NetworkOptions extends NetworkParameters {
  /** Purchases kept per user: the largest T that can be chosen later. By default T. */
  readonly kept?: number;
  /** Forces one way of finding the latest purchases; for tests. */
  readonly way?: Way;
  /** Another capacity of the log of the latest purchases, which only speeds things up; for tests. */
  readonly log?: LogCapacity;
}

export interface JudgedPurchase extends KeptPurchase {
  readonly user: UserId;
}

/** Why a purchase was flagged. */
export interface Flag extends Statistics {
  /** The purchases it was judged against: the T latest of the buyer's network, newest first. */
  readonly judgedAgainst: readonly JudgedPurchase[];
}

/** All that a network knows of one user. */
export interface UserState {
  readonly id: UserId;
  readonly friends: readonly UserId[];
  /** Oldest first. */
  readonly purchases: readonly KeptPurchase[];
}

/**
 * Flags purchases that are far above what the buyer's social network has been paying: more than three standard deviations
 * above the mean of the T latest purchases by anyone within D friendships of the buyer.
 */
export class NetworkDetector {
  readonly engine: NetworkEngine;

  /** @throws RangeError for D, T or `kept` out of range. */
  constructor({ kept, way = 'cheapest', log = LOG, ...parameters }: NetworkOptions) {
    const { degrees, tracked } = checked(parameters);
    this.engine = new NetworkEngine({
      degrees,
      tracked,
      kept: valueOf(parseTracked(kept ?? tracked, 'kept')),
      way,
      log,
    });
    this.setParameters(parameters);
  }

  get parameters(): NetworkParameters {
    return this.engine.parameters;
  }

  /** Purchases kept per user. */
  get kept(): number {
    return this.engine.kept;
  }

  get userCount(): number {
    return this.engine.ids.count;
  }

  /** The sequence number of the next purchase; to be carried over to a detector that goes on from saved users. */
  get sequence(): number {
    return this.engine.wasm.nextSequence();
  }

  set sequence(sequence: number) {
    this.engine.wasm.setSequence(sequence);
  }

  /**
   * Changes D and T from the next purchase on.
   * @throws RangeError if they are out of range, or T is larger than the number of purchases kept per user.
   */
  setParameters(parameters: NetworkParameters): void {
    const { degrees, tracked } = checked(parameters);
    if (tracked > this.kept) {
      throw new RangeError(
        `the tracked purchases must be at most the ${this.kept} purchases kept per user (given ${tracked})`,
      );
    }
    this.engine.parameters = { degrees, tracked };
  }

  /** Judges a purchase on what has been applied so far, and changes nothing; undefined if it is not anomalous. */
  judge({ user, amount }: Purchase): Flag | undefined {
    const buyer = this.engine.ids.find(user);
    return buyer < 0 ? undefined : this.judgeAmount(buyer, { high: highPart(amount), low: lowPart(amount) });
  }

  /** As {@link judge}, in the engine's numbers. */
  judgeAmount(buyer: number, amount: Amount): Flag | undefined {
    return this.flagOf(this.engine.wasm.judge(buyer, amount.high, amount.low), amount);
  }

  /** What the engine's verdict on the purchase that it judged last comes to. */
  flagOf(verdict: number, amount: Amount): Flag | undefined {
    return this.engine.isAnomalous(verdict, amount) ? this.#flag() : undefined;
  }

  apply(event: NetworkEvent): void {
    const { ids, wasm } = this.engine;
    if (event.type === 'purchase') {
      wasm.addPurchase(ids.add(event.user), event.time, highPart(event.amount), lowPart(event.amount));
      return;
    }
    const [user, other] = event.users;
    if (event.type === 'befriend') wasm.befriend(ids.add(user), ids.add(other));
    else wasm.unfriend(ids.add(user), ids.add(other));
  }

  /** Judges the event if it is a purchase, then applies it. */
  observe(event: NetworkEvent): Flag | undefined {
    const flag = event.type === 'purchase' ? this.judge(event) : undefined;
    this.apply(event);
    return flag;
  }

  /** What is known of a user; undefined if no event has named them. */
  saveUser(id: UserId): UserState | undefined {
    const { ids, friendships, wasm } = this.engine;
    const user = ids.find(id);
    if (user < 0) return undefined;
    const purchases = Array.from({ length: wasm.purchaseCount(user) }, (_, rank) =>
      purchaseAt(wasm.memory.buffer, addressOf(wasm.purchaseStart(user, rank))),
    );
    return { id, friends: Array.from(friendships.friendsOf(user), (friend) => ids.idOf(friend)), purchases };
  }

  /**
   * Replaces what is known of a user by what was saved. Friendships are restored from this user's side only: a network can be
   * judged once everybody within D degrees of the buyer is restored.
   */
  restoreUser({ id, friends, purchases }: UserState): void {
    const { ids, wasm } = this.engine;
    const user = ids.add(id);
    wasm.clearFriends(user);
    for (const friend of friends) wasm.addFriend(user, ids.add(friend));
    wasm.clearPurchases(user);
    for (const { time, sequence, amount } of purchases) {
      wasm.restorePurchase(user, time, sequence, highPart(amount), lowPart(amount));
    }
  }

  #flag(): Flag {
    const latest = this.engine.listed().toSorted((a, b) => b.time - a.time || b.sequence - a.sequence);
    return {
      ...statisticsOf(latest.map(({ amount }) => amount)),
      judgedAgainst: latest.map(({ buyer, time, sequence, amount }) => {
        return { user: this.engine.ids.idOf(buyer), time, sequence, amount };
      }),
    };
  }
}

/** Beyond so many purchases a walk back costs more than asking the members. */
const LOG: LogCapacity = { inOrder: 1 << 16, late: 1 << 12 };

function checked({ degrees, tracked }: NetworkParameters): NetworkParameters {
  return {
    degrees: valueOf(parseDegrees(degrees, 'degrees')),
    tracked: valueOf(parseTracked(tracked, 'tracked')),
  };
}

function valueOf<Value>(parsed: Parsed<Value>): Value {
  if (parsed.ok) return parsed.value;
  throw new RangeError(parsed.reason);
}
