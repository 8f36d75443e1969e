import type { NetworkParameters } from '../events/log-header.ts';
import { addressOf, makeEngine, type Engine } from '../wasm/engine.ts';
import { isAnomalous } from './anomaly-rule.ts';
import { joinParts } from './exact-amount.ts';
import { Friendships } from './friendships.ts';
import { purchaseAt, type KeptPurchase } from './purchase-record.ts';
import { UserIds } from './user-ids.ts';

/**
 * How to find the latest purchases of a network. Each way is exact; they differ in cost:
 * - `members`: reach all members, then look into their windows. Best for networks of up to some hundreds.
 * - `log`: reach all members, then walk the recency log back. Best for large networks.
 * - `meeting`: walk the log back and ask of each buyer whether the two sides meet. Best where a hub or many degrees
 *   would make reaching all members dear.
 */
export type Way = keyof typeof WAYS;

/** As the engine has them. */
export const WAYS = { cheapest: 0, members: 1, log: 2, meeting: 3 } as const;

/** How many purchases the log of the latest holds, which only speeds things up: those in order (a power of two), and late ones. */
export interface LogCapacity {
  readonly inOrder: number;
  readonly late: number;
}

export interface EngineOptions extends NetworkParameters {
  /** Purchases kept per user, at least T: the largest T that can be chosen later. */
  readonly kept: number;
  /** Forces one way of finding the latest purchases; for tests. */
  readonly way: Way;
  readonly log: LogCapacity;
}

/** An amount in millionths, in two parts (see exact-amount.ts). */
export interface Amount {
  readonly high: number;
  readonly low: number;
}

export interface ListedPurchase extends KeptPurchase {
  readonly buyer: number;
}

/** Verdicts of the engine's. */
const ANOMALOUS = 1;
const UNSURE = 2;

/** Bytes of a listed purchase: four doubles, the buyer, and as much that is unused. */
const LISTED_BYTES = 40;
const BUYER = 32;

/**
 * The state of one network and the rule over it, in numbers instead of objects: users as `ids` counts them, amounts in
 * two parts (see exact-amount.ts). A purchase is judged on what came before it, then added.
 */
export class NetworkEngine {
  readonly wasm: Engine;
  readonly ids: UserIds;
  readonly friendships: Friendships;
  readonly kept: number;
  #parameters: NetworkParameters;
  readonly #way: Way;

  constructor({ degrees, tracked, kept, way, log }: EngineOptions) {
    this.wasm = makeEngine();
    this.wasm.start(kept, log.inOrder, log.late);
    this.ids = new UserIds(this.wasm);
    this.friendships = new Friendships(this.wasm);
    this.kept = kept;
    this.#parameters = { degrees, tracked };
    this.#way = way;
    this.#setSearch();
  }

  get parameters(): NetworkParameters {
    return this.#parameters;
  }

  set parameters(parameters: NetworkParameters) {
    this.#parameters = parameters;
    this.#setSearch();
  }

  #setSearch(): void {
    this.wasm.setSearch(this.#parameters.degrees, this.#parameters.tracked, WAYS[this.#way]);
  }

  /** Has the scanner read lines of a shape from now on. */
  learn(shape: Uint8Array): void {
    new Uint8Array(this.wasm.memory.buffer, this.wasm.scratch(), shape.length).set(shape);
    this.wasm.learn(shape.length);
  }

  /** Whether a verdict of the engine's on the purchase that it judged last means that it is anomalous. */
  isAnomalous(verdict: number, amount: Amount): boolean {
    if (verdict !== UNSURE) return verdict === ANOMALOUS;
    return isAnomalous(
      this.listed().map((listed) => listed.amount),
      joinParts(amount.high, amount.low),
    );
  }

  /** The purchases that the last one was judged against, in no particular order. */
  listed(): ListedPurchase[] {
    const { memory } = this.wasm;
    const start = addressOf(this.wasm.listStart());
    const view = new DataView(memory.buffer);
    return Array.from({ length: this.wasm.listSize() }, (_, index) => {
      const place = start + index * LISTED_BYTES;
      return { buyer: view.getUint32(place + BUYER, true), ...purchaseAt(memory.buffer, place) };
    });
  }
}
