import type { CommitLog } from '../../lib/adapters/network/commit-log.ts';
import type { NetworkSession } from '../../lib/adapters/network/network-session.ts';
import type { ObjectStore } from '../../lib/adapters/objects/object-store.ts';
import { eachAtOnce } from '../../lib/adapters/state/each-at-once.ts';
import type { LoadState, StateStore } from '../../lib/adapters/state/state-store.ts';
import { commitsAfter } from '../../lib/core/cloud/commits.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import { bodyKey, bodyPrefix } from '../../lib/core/cloud/object-keys.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';
import { DiscreetError } from '../../lib/adapters/telemetry/discreet-error.ts';

export interface HousekeepingOptions {
  readonly state: StateStore;
  readonly journal: ObjectStore;
  readonly log: CommitLog;
  readonly openSession: (network: NetworkName) => NetworkSession;
  readonly newToken: () => string;
  readonly now: () => number;
  /** For how long bodies are kept that no head lists any more. */
  readonly historyMs: number;
  readonly onFailed: (network: NetworkName, error: unknown) => void;
}

/** No loader is silent for so long. */
const DEAD_AFTER_MS = 60 * 60 * 1000;
/** No function lives for so long, nor do clocks differ by so much: whoever knew of what is older is gone. */
const GRACE_MS = 24 * 60 * 60 * 1000;
const KEYS_PER_REMOVAL = 1000;
/** One after the other, some ten thousand would take longer than a function may. */
const NETWORKS_AT_ONCE = 8;

/** What nobody waits for: stores users of idle networks, and deletes what is no network's any more. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  /** Looks after all networks. @throws Error if some failed; the others are looked after all the same. */
  async run(): Promise<void> {
    const { state, onFailed } = this.#options;
    let failures = 0;
    await eachAtOnce(await state.listNetworks(), NETWORKS_AT_ONCE, async (network) => {
      try {
        await this.#lookAfter(network);
      } catch (error) {
        failures++;
        onFailed(network, error);
      }
    });
    if (failures > 0) throw new DiscreetError(`${failures} networks could not be looked after`);
  }

  async #lookAfter(network: NetworkName): Promise<void> {
    const { log, openSession } = this.#options;
    await openSession(network).flush();
    await this.#endDeadLoad(network);
    await this.#endReplacedLoad(network);
    await this.#deleteAbandoned(network);
    await this.#deleteBodies(await log.head(network));
  }

  /** A loader that died and was not tried again leaves users behind that are no network's. */
  async #endDeadLoad(network: NetworkName): Promise<void> {
    const { state, log, now } = this.#options;
    const load = await state.readLoad(network);
    if (load?.phase !== 'loading' || load.leaseUntil + DEAD_AFTER_MS > now()) return;
    const { generation } = await log.head(network);
    if (generation === load.generation) await this.#change(load, { phase: 'loaded' });
    else await this.#change(load, { phase: 'failed', reason: 'the loader died', abandoned: withOwn(load) });
  }

  /** What was loaded last may have been replaced by a loader that had lost its lease, and did not know of it. */
  async #endReplacedLoad(network: NetworkName): Promise<void> {
    const { state, log, now } = this.#options;
    const load = await state.readLoad(network);
    if (load?.phase !== 'loaded' || load.generation === (await log.head(network)).generation) return;
    await this.#change(load, { phase: 'superseded', abandoned: withOwn({ ...load, startedAt: now() }) });
  }

  async #deleteAbandoned(network: NetworkName): Promise<void> {
    const { state, log, now } = this.#options;
    const load = await state.readLoad(network);
    if (load === undefined || load.phase === 'loading') return;
    const { generation: current } = await log.head(network);
    const due = load.abandoned.filter(({ generation, since }) => generation !== current && since + GRACE_MS <= now());
    for (const { generation } of due) await state.deleteUsers({ network, generation });
    if (due.length > 0) await this.#change(load, { abandoned: load.abandoned.filter((other) => !due.includes(other)) });
  }

  /** If somebody else has changed the load meanwhile, it is for the next time. */
  async #change(load: LoadState, change: Partial<LoadState>): Promise<void> {
    const { state, newToken } = this.#options;
    await state.writeLoad({ ...load, ...change, token: newToken() }, load.token);
  }

  async #deleteBodies(head: Head): Promise<void> {
    const { journal, now, historyMs } = this.#options;
    const listed = listedBodies(head);
    let old: string[] = [];
    for await (const { key, lastModified } of journal.list(bodyPrefix(head.network))) {
      if (listed.has(key) || lastModified.getTime() > now() - historyMs) continue;
      old.push(key);
      if (old.length < KEYS_PER_REMOVAL) continue;
      await journal.remove(old);
      old = [];
    }
    if (old.length > 0) await journal.remove(old);
  }
}

function withOwn({ abandoned, generation, startedAt }: LoadState): LoadState['abandoned'] {
  return [...abandoned, { generation, since: startedAt }];
}

function listedBodies(head: Head): ReadonlySet<string> {
  const commits = commitsAfter(head, head.version - head.bodies.length) ?? [];
  return new Set(commits.map(({ version, token }) => bodyKey(head.network, version, token)));
}
