import type { LoadState, StateStore } from '../../adapters/state/state-store.ts';
import type { RunStatus } from '../../local/status.ts';
import type { System } from '../connect/system.ts';
import { bad } from './check.ts';
import { checkStores } from './store-checks.ts';

/** How a system is: the contract of `flagstone status --json`. */
export interface SystemStatus extends RunStatus {
  readonly loads: readonly Load[];
}

/** A batch log that is being loaded, or was last. */
export interface Load extends Pick<LoadState, 'network' | 'key' | 'phase' | 'events' | 'users' | 'reason'> {
  readonly startedAt: string;
}

interface StatusSources {
  readonly readRun: () => Promise<RunStatus>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How the system is: what runs, what it stores, and what it has loaded. */
export async function readStatus(system: System, { readRun, now }: StatusSources): Promise<SystemStatus> {
  const [run, stores, loads] = await Promise.all([
    readRun(),
    checkStores(system, now),
    system.openState().then(readLoads).catch(String),
  ]);
  const unread = typeof loads === 'string' ? [{ name: 'loads', ...bad(`not known: ${loads}`) }] : [];
  const components = [...run.components, ...stores, ...unread];
  const healthy = components.every((component) => component.healthy);
  return { ...run, healthy, components, loads: typeof loads === 'string' ? [] : loads };
}

async function readLoads(state: StateStore): Promise<Load[]> {
  const loads = await Promise.all((await state.listNetworks()).map((network) => state.readLoad(network)));
  return loads.filter((load) => load !== undefined).map(shownOf);
}

function shownOf({ network, key, phase, events, users, reason, startedAt }: LoadState): Load {
  const counts = { network, key, phase, events, users, startedAt: new Date(startedAt).toISOString() };
  return reason === undefined ? counts : { ...counts, reason };
}
