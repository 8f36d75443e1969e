import type { Head } from '../../core/cloud/head.ts';
import { WorkingSet } from '../../core/cloud/working-set.ts';
import type { UserId } from '../../core/events/event.ts';
import type { NetworkParameters } from '../../core/events/log-header.ts';
import { statisticsOf, type Statistics } from '../../core/network/anomaly-rule.ts';
import type { JudgedPurchase, UserState } from '../../core/network/network-detector.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { NoSuchObject } from '../objects/object-store.ts';
import { StaleReadError, type StateStore } from '../state/state-store.ts';
import type { CommitLog } from './commit-log.ts';

/** Who is within D friendships of a user, and what their next purchase would be judged by, as of now. */
export interface Neighbourhood {
  readonly parameters: NetworkParameters;
  /** The user first, then the nearest; each with how many friendships they are away. */
  readonly members: readonly { readonly user: UserId; readonly degree: number }[];
  /** Pairs of places in `members`, each once, the smaller first. */
  readonly friendships: readonly (readonly [number, number])[];
  /** Whether somebody within D is left out, because there are too many. */
  readonly truncated: boolean;
  /** The T latest purchases of the members, newest first. */
  readonly purchases: readonly JudgedPurchase[];
  /** Undefined where there are fewer than two purchases: then none is anomalous. */
  readonly statistics?: Statistics;
}

export interface NeighbourhoodRequest {
  readonly network: NetworkName;
  readonly user: UserId;
  /** Members at most, the user included. */
  readonly most: number;
}

interface Stores {
  readonly log: CommitLog;
  readonly state: StateStore;
}

const MOST_ATTEMPTS = 5;

/** Undefined for a user whom the network does not know. */
export async function readNeighbourhood(
  stores: Stores,
  request: NeighbourhoodRequest,
): Promise<Neighbourhood | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(stores, request);
    } catch (error) {
      // Somebody has committed between two reads.
      const isStale = error instanceof StaleReadError || error instanceof NoSuchObject;
      if (!isStale || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

async function readOnce(
  { log, state }: Stores,
  { network, user, most }: NeighbourhoodRequest,
): Promise<Neighbourhood | undefined> {
  const head = await log.head(network);
  const users = new Users(new WorkingSet(head, await log.bodiesAfter(head, head.flushed)), state);
  const [own] = await users.read([user]);
  if (own === undefined || own.friends.length + own.purchases.length === 0) return undefined;
  const states = [own];
  const degrees = new Map([[user, 0]]);
  let truncated = false;
  let frontier = [own];
  for (let degree = 1; degree <= head.parameters.degrees && frontier.length > 0; degree++) {
    const next = [...new Set(frontier.flatMap(({ friends }) => friends))].filter((friend) => !degrees.has(friend));
    const taken = next.toSorted().slice(0, most - states.length);
    truncated ||= taken.length < next.length;
    for (const friend of taken) degrees.set(friend, degree);
    frontier = await users.read(taken);
    states.push(...frontier);
  }
  return { ...describe(head, states, degrees), truncated };
}

/** Users of a network, read as of one head. */
class Users {
  readonly #memory: WorkingSet;
  readonly #state: StateStore;

  constructor(memory: WorkingSet, state: StateStore) {
    this.#memory = memory;
    this.#state = state;
  }

  async read(ids: readonly UserId[]): Promise<UserState[]> {
    const { head, detector } = this.#memory;
    const stored = await this.#state.readUsers(head, ids);
    for (const { version } of stored.values()) {
      if (version > head.version)
        throw new StaleReadError(`a user is of version ${version}, the head of ${head.version}`);
    }
    this.#memory.restore(ids, stored);
    return ids.flatMap((id) => detector.saveUser(id) ?? []);
  }
}

function describe(
  { parameters }: Head,
  states: readonly UserState[],
  degrees: ReadonlyMap<UserId, number>,
): Omit<Neighbourhood, 'truncated'> {
  const places = new Map(states.map(({ id }, place) => [id, place]));
  const purchases = states
    .slice(1)
    .flatMap(({ id, purchases: own }) => own.map((purchase) => Object.assign({ user: id }, purchase)))
    .toSorted((a, b) => b.time - a.time || b.sequence - a.sequence)
    .slice(0, parameters.tracked);
  return {
    parameters,
    members: states.map(({ id }) => ({ user: id, degree: degrees.get(id) ?? 0 })),
    friendships: states.flatMap(({ friends }, place) =>
      friends.flatMap((friend) => {
        const other = places.get(friend) ?? -1;
        return other > place ? [[place, other] as const] : [];
      }),
    ),
    purchases,
    ...(purchases.length >= 2 && { statistics: statisticsOf(purchases.map(({ amount }) => amount)) }),
  };
}
