import { CommitLog } from '../../lib/adapters/network/commit-log.ts';
import type { Networks } from '../../lib/adapters/network/connect-networks.ts';
import { NetworkSession } from '../../lib/adapters/network/network-session.ts';
import { MemoryObjectStore } from '../../lib/adapters/objects/memory-object-store.ts';
import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import { MemoryStateStore } from '../../lib/adapters/state/memory-state-store.ts';
import type { EventStream } from '../../lib/adapters/stream/event-stream.ts';
import { MemoryEventStream } from '../../lib/adapters/stream/memory-event-stream.ts';
import type { World } from '../../lib/adapters/world.ts';
import { flaggedPrefix } from '../../lib/core/cloud/object-keys.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import type { UserState } from '../../lib/core/network/network-detector.ts';
import { DEFAULT_NETWORK, type NetworkName } from '../../lib/core/network/network-name.ts';
import { faulty, NO_FAULTS, type FaultPlan } from './faults.ts';

export const SECOND = 1000;
export const HOUR = 60 * 60 * SECOND;
export const DAY = 24 * HOUR;

/** D and T of networks that nobody has given others. */
export const DEFAULTS = { degrees: 2, tracked: 3 };

export interface SandboxOptions {
  readonly faults?: FaultPlan;
  readonly flushEvery?: number;
  readonly mostUsers?: number;
  readonly keptPurchases?: number;
}

/** What a function has from its cold start on. */
export interface Sandbox extends Networks, World {
  readonly stream: EventStream;
}

/** The services of one stack, in memory, and a clock that only sleeping moves. */
export class MemoryCloud {
  now = Date.UTC(2026, 0, 1);
  readonly state = new MemoryStateStore();
  readonly input = new MemoryObjectStore(() => new Date(this.now));
  readonly output = new MemoryObjectStore(() => new Date(this.now));
  readonly journal = new MemoryObjectStore(() => new Date(this.now));
  readonly stream = new MemoryEventStream();
  /** What happens elsewhere while a function sleeps, each once. */
  readonly whileSleeping: (() => Promise<unknown>)[] = [];
  #tokens = 0;

  /** Starts a function: with nothing in memory, and calls that fail as planned. */
  start({ faults = NO_FAULTS, flushEvery = 3, mostUsers = 1000, keptPurchases = 0 }: SandboxOptions = {}): Sandbox {
    const state = faulty('state', this.state, faults);
    const input: ObjectStore = faulty('input', this.input, faults);
    const output: ObjectStore = faulty('output', this.output, faults);
    const journal: ObjectStore = faulty('journal', this.journal, faults);
    const stream = faulty('stream', this.stream, faults);
    const log = new CommitLog({ state, journal, defaults: DEFAULTS, keptPurchases });
    const stores = { state, output };
    const world: World = {
      now: () => this.now,
      newToken: () => String(++this.#tokens).padStart(8, 't'),
      sleep: async (milliseconds) => {
        this.now += milliseconds;
        await this.whileSleeping.shift()?.();
      },
    };
    const options = { log, stores, ...world, flushEvery, mostUsers, retentionMs: DAY };
    const openSession = (network: NetworkName): NetworkSession => new NetworkSession(network, options);
    return { state, input, output, journal, stream, stores, log, openSession, ...world };
  }

  async head(network = DEFAULT_NETWORK): Promise<Head> {
    return this.start().log.head(network);
  }

  /** The flagged purchases of a network as they are read: one object after the other, in the order of their keys. */
  async flagged(network = DEFAULT_NETWORK): Promise<string> {
    return Object.values(await textsOf(this.output, flaggedPrefix(network))).join('');
  }

  /** All users of the network, as stored once all commits are. */
  async users(ids: readonly UserId[], network = DEFAULT_NETWORK): Promise<UserState[]> {
    await this.start().openSession(network).flush();
    const stored = await this.state.readUsers(await this.head(network), ids);
    return ids.flatMap((id) => inOrder(stored.get(id)?.state) ?? []);
  }
}

/** The objects under a prefix, by their keys. */
export async function textsOf(store: ObjectStore, prefix = ''): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for await (const { key } of store.list(prefix)) texts[key] = Buffer.from(await store.get(key)).toString();
  return texts;
}

/** Friends are a set: in which order they come tells nothing. */
export function inOrder(state: UserState | undefined): UserState | undefined {
  return state && { ...state, friends: state.friends.toSorted() };
}
