import type { CommitLog } from '../../lib/adapters/network/commit-log.ts';
import type { LoadState, StateStore } from '../../lib/adapters/state/state-store.ts';
import { generationOf } from '../../lib/core/cloud/commits.ts';
import { isNews, type Drop } from '../../lib/core/cloud/drop.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';

/** A loader that has not renewed its lease for so long is dead. */
const LEASE_MS = 60_000;
const RENEWAL_MS = 10_000;
const POLL_MS = 1000;
/** With less time than this left a function gives up, so that its retry has all the time there is. */
const LEAST_TIME_MS = 30_000;

export interface LeaseOptions {
  readonly log: CommitLog;
  readonly state: StateStore;
  readonly newToken: () => string;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface Claim {
  readonly network: NetworkName;
  readonly drop: Drop;
  /** Milliseconds that the function may go on. */
  readonly remainingMs: () => number;
}

type LoadProgress = Partial<Pick<LoadState, 'identity' | 'events' | 'users'>>;

/**
 * The right to load into a network, so that no two do it at once. It saves work and is not what makes loads safe: that is
 * the condition of the commit.
 */
export class LoadLease {
  readonly #options: LeaseOptions;
  #load: LoadState;

  private constructor(load: LoadState, options: LeaseOptions) {
    this.#load = load;
    this.#options = options;
  }

  /** Waits for its turn. Undefined if the drop is no news to the network, or has become none. */
  static async acquire({ network, drop, remainingMs }: Claim, options: LeaseOptions): Promise<LoadLease | undefined> {
    const { log, state, now, sleep } = options;
    const watch = new LeaseWatch();
    for (let mine: LoadState | undefined; ;) {
      const head = await log.head(network);
      const stored = await state.readLoad(network);
      if (!isNews(head, drop)) {
        await noteLoaded(head, stored, options);
        return undefined;
      }
      if (mine !== undefined && stored?.token === mine.token) return new LoadLease(mine, options);
      if (stored !== undefined && watch.isAlive(stored, now())) {
        if (remainingMs() < LEAST_TIME_MS) throw new Error(`network ${network}: ${stored.key} is still being loaded`);
        await sleep(POLL_MS);
        continue;
      }
      mine = newLoad({ network, drop, head, stored, token: options.newToken(), at: now() });
      if (await state.writeLoad(mine, stored?.token)) return new LoadLease(mine, options);
    }
  }

  get generation(): string {
    return this.#load.generation;
  }

  /** Tells how far the load is, now and then. @throws Error if another loader has taken over. */
  async renew(progress: LoadProgress): Promise<void> {
    const due = this.#options.now() >= this.#load.leaseUntil - LEASE_MS + RENEWAL_MS;
    if (due || progress.identity !== undefined) await this.#write({ ...progress, leaseUntil: this.#leaseEnd() });
  }

  /** Ends the load. */
  async end(
    phase: Exclude<LoadState['phase'], 'loading'>,
    progress: LoadProgress & { reason?: string },
  ): Promise<void> {
    const { abandoned, generation, key, identity, failed } = this.#load;
    const since = this.#options.now();
    const left = phase === 'loaded' ? abandoned : [...abandoned, { generation, since }];
    const hasFailed = phase === 'failed' && identity !== undefined;
    const failures = hasFailed ? { failed: { ...failed, [key]: identity } } : {};
    await this.#write({ ...progress, ...failures, phase, leaseUntil: since, abandoned: left });
  }

  /** Lets others have their turn at once, after something went wrong that may go well the next time. */
  async release(): Promise<void> {
    await this.#write({ leaseUntil: this.#options.now() });
  }

  async #write(change: Partial<LoadState>): Promise<void> {
    const { state, newToken } = this.#options;
    for (;;) {
      const next = { ...this.#load, ...change, token: newToken() };
      if (await state.writeLoad(next, this.#load.token)) {
        this.#load = next;
        return;
      }
      const stored = await state.readLoad(next.network);
      // Housekeeping may have written, or a lost reply hides that this did; whoever takes over makes another generation.
      if (stored?.generation !== next.generation)
        throw new Error(`network ${next.network}: another load has taken over`);
      this.#load = stored;
    }
  }

  #leaseEnd(): number {
    return this.#options.now() + LEASE_MS;
  }
}

/** The loader of the head's users may have died before it could tell that they are loaded. */
async function noteLoaded(head: Head, load: LoadState | undefined, { state, newToken }: LeaseOptions): Promise<void> {
  if (load?.phase !== 'loading' || load.generation !== head.generation) return;
  await state.writeLoad({ ...load, phase: 'loaded', token: newToken() }, load.token);
}

/** Somebody else's lease, watched: clocks differ, and one that ends in hours by its owner's is not to be waited for so long. */
class LeaseWatch {
  #token: string | undefined;
  #since = 0;

  isAlive({ phase, leaseUntil, token }: LoadState, now: number): boolean {
    if (this.#token !== token) this.#since = now;
    this.#token = token;
    return phase === 'loading' && leaseUntil > now && now - this.#since < LEASE_MS;
  }
}

interface NewLoad {
  readonly network: NetworkName;
  readonly drop: Drop;
  readonly head: Head;
  readonly stored: LoadState | undefined;
  readonly token: string;
  readonly at: number;
}

function newLoad({ network, drop, head, stored, token, at }: NewLoad): LoadState {
  const left = new Set([head.generation, ...(stored === undefined ? [] : [stored.generation])]);
  const known = (stored?.abandoned ?? []).filter(({ generation }) => !left.has(generation));
  return {
    network,
    token,
    key: drop.key,
    sequencer: drop.sequencer,
    phase: 'loading',
    generation: generationOf(head.load + 1, token),
    leaseUntil: at + LEASE_MS,
    startedAt: at,
    events: 0,
    users: 0,
    ...(stored?.failed && { failed: stored.failed }),
    // The head's among them, in case that this load replaces it: housekeeping leaves it alone as long as it is the head's.
    abandoned: [...known, ...[...left].map((generation) => ({ generation, since: at }))],
  };
}
