import { DEFAULT_NETWORK } from '../../lib/core/network/network-name.ts';
import { faultAt, NO_FAULTS, type Fault, type FaultPlan } from './faults.ts';
import { textsOf, type MemoryCloud } from './memory-cloud.ts';
import { USERS } from './sample-events.ts';

/** All that a network has become, but for tokens and for what was stored when: these tell of the way, not of the end. */
export async function endStateOf(cloud: MemoryCloud, network = DEFAULT_NETWORK): Promise<object> {
  const { version, load, parameters, kept, sequence, shards, sources, loaded } = await cloud.head(network);
  return {
    head: { version, load, parameters, kept, sequence, shards, sources, loaded },
    output: await textsOf(cloud.output),
    flags: await cloud.state.readFlags(network, 1000),
    users: await cloud.users(USERS, network),
  };
}

export interface DisturbedRun {
  /** Which call failed. */
  readonly call: number;
  readonly end: object;
}

/** Runs the same thing again and again, each time with the next of its calls failing, until there is no such call. */
export async function runsWithEachCallFailing(
  fault: Fault,
  run: (faults: FaultPlan) => Promise<object>,
): Promise<DisturbedRun[]> {
  const runs: DisturbedRun[] = [];
  for (let call = 1; ; call++) {
    const faults = faultAt(call, fault);
    const end = await run(faults);
    if (!faults.hasCome()) return runs;
    runs.push({ call, end });
  }
}

/** What such runs are to end like: as the one in which nothing fails. */
export async function undisturbed(
  runs: readonly DisturbedRun[],
  run: (faults: FaultPlan) => Promise<object>,
): Promise<DisturbedRun[]> {
  const end = await run(NO_FAULTS);
  return runs.map(({ call }) => ({ call, end }));
}
