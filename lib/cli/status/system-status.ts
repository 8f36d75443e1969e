import type { LoadState, StateStore } from '../../adapters/state/state-store.ts';
import type { Component, RunStatus } from '../../local/status.ts';

/** How a system is: the contract of `flagstone status --json`. */
export interface SystemStatus extends RunStatus {
  readonly loads: readonly Load[];
}

/** A batch log that is being loaded, or was last. */
export interface Load extends Pick<LoadState, 'network' | 'key' | 'phase' | 'events' | 'users' | 'reason'> {
  readonly startedAt: string;
}

export type ReadRunStatus = () => Promise<RunStatus>;

/** How the system is, and what it has loaded. */
export async function readStatus(readRun: ReadRunStatus, openState: () => Promise<StateStore>): Promise<SystemStatus> {
  const run = await readRun();
  try {
    return { ...run, loads: await readLoads(await openState()) };
  } catch (error) {
    const state: Component = { name: 'state', healthy: false, detail: `the loads cannot be read: ${String(error)}` };
    return { ...run, healthy: false, components: [...run.components, state], loads: [] };
  }
}

async function readLoads(state: StateStore): Promise<Load[]> {
  const loads = await Promise.all((await state.listNetworks()).map((network) => state.readLoad(network)));
  return loads.filter((load) => load !== undefined).map(shownOf);
}

function shownOf({ network, key, phase, events, users, reason, startedAt }: LoadState): Load {
  const counts = { network, key, phase, events, users, startedAt: new Date(startedAt).toISOString() };
  return reason === undefined ? counts : { ...counts, reason };
}
