import type { FlagPlace, StateStore, StoredFlag } from '../../lib/adapters/state/state-store.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';

/** Where a list goes on: before which place in each network. One that is missing has nothing left. */
export type FlagPlaces = ReadonlyMap<NetworkName, FlagPlace | undefined>;

interface PlacedFlagOf {
  readonly network: NetworkName;
  readonly flag: StoredFlag;
}

export interface FlagQuery {
  readonly places: FlagPlaces;
  readonly limit: number;
  readonly mostRead: number;
  readonly where: (flag: StoredFlag) => boolean;
}

export interface FlagPage {
  readonly flags: readonly PlacedFlagOf[];
  /** Undefined if this is the last page. */
  readonly places: FlagPlaces | undefined;
}

const LARGEST_READ = 100;

/**
 * A page of several networks' flags: each network's in the order in which they were made, latest first, and of the networks
 * always the one whose next purchase is the latest.
 */
export async function newestFlags(state: StateStore, query: FlagQuery): Promise<FlagPage> {
  const { places, limit, mostRead, where } = query;
  const share = Math.min(LARGEST_READ, limit + 1, Math.ceil((limit / places.size) * 1.5) + 1);
  const lists = Array.from(places, ([network, place]) => new FlagList(state, network, { place, share }));
  await Promise.all(lists.map((list) => list.fill()));
  const flags: PlacedFlagOf[] = [];
  for (let read = 0; flags.length < limit && read < mostRead; read++) {
    const newest = lists.filter(({ next }) => next !== undefined).toSorted(byTimeOfNext)[0];
    const flag = newest?.take();
    if (newest === undefined || flag === undefined) break;
    if (where(flag)) flags.push({ network: newest.network, flag });
    await newest.fill();
  }
  const left = lists.filter(({ next }) => next !== undefined);
  return { flags, places: left.length === 0 ? undefined : new Map(left.map(({ network, place }) => [network, place])) };
}

/** The flags of a network, read as they are taken. */
class FlagList {
  readonly network: NetworkName;
  readonly #state: StateStore;
  #place: FlagPlace | undefined;
  #toRead: number;
  #read: StoredFlag[] = [];
  #isAtEnd = false;

  constructor(state: StateStore, network: NetworkName, start: { place: FlagPlace | undefined; share: number }) {
    this.#state = state;
    this.network = network;
    this.#place = start.place;
    this.#toRead = start.share;
  }

  get next(): StoredFlag | undefined {
    return this.#read[0];
  }

  /** All before it is still to come, and nothing that has been made meanwhile. */
  get place(): FlagPlace | undefined {
    const { next } = this;
    return this.#place ?? (next && { version: next.version, index: next.index + 1 });
  }

  take(): StoredFlag | undefined {
    const taken = this.#read.shift();
    if (taken !== undefined) this.#place = { version: taken.version, index: taken.index };
    return taken;
  }

  /** Makes sure that the next one is there, if there is one. */
  async fill(): Promise<void> {
    if (this.#read.length > 0 || this.#isAtEnd) return;
    this.#read = await this.#state.readFlags(this.network, this.#toRead, this.#place);
    this.#isAtEnd = this.#read.length < this.#toRead;
    this.#toRead = Math.min(2 * this.#toRead, LARGEST_READ);
  }
}

function byTimeOfNext({ next: one }: FlagList, { next: other }: FlagList): number {
  return (other?.purchase.time ?? 0) - (one?.purchase.time ?? 0);
}
