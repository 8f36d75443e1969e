import type { NetworkParameters } from '../events/log-header.ts';
import type { NetworkName } from '../network/network-name.ts';
import type { Head } from './head.ts';
import { EMPTY_TALLY } from './tally.ts';

/** Commits that a head remembers though all their users are stored: so many may others be ahead before a warm function goes cold. */
const REMEMBERED = 16;

const BODYLESS = '~';

/** The largest T in the cloud: so many purchases of a user fit into one item of DynamoDB, whatever their amounts. */
export const MOST_TRACKED = 10_000;

/** The generation of a network that no batch log has been loaded into. */
const UNLOADED = '0';

/** The name of a load's generation, which no other has. */
export function generationOf(load: number, token: string): string {
  return `${load}-${token}`;
}

/** The number of the load that a generation was begun for. */
export function loadOfGeneration(generation: string): number {
  return Number.parseInt(generation, 10);
}

/** The head of a network that nothing has been committed to. */
export function newHead(network: NetworkName, parameters: NetworkParameters, kept: number): Head {
  return {
    network,
    version: 0,
    generation: UNLOADED,
    load: 0,
    parameters,
    kept,
    sequence: 0,
    shards: {},
    sources: {},
    flushed: 0,
    bodies: [],
    loaded: {},
    tally: EMPTY_TALLY,
  };
}

/** The head of the next version. The token is the commit's own, by which it is told from others that wanted to be that version. */
export function nextHead(head: Head, token: string, change: Partial<Omit<Head, 'version' | 'bodies'>>): Head {
  const next = { ...head, ...change, version: head.version + 1 };
  const kept = Math.max(REMEMBERED, next.version - next.flushed);
  return { ...next, bodies: [...head.bodies, token].slice(-kept) };
}

/** A token for a commit that has no body. */
export function bodylessToken(token: string): string {
  return `${BODYLESS}${token}`;
}

/** The token of a version's commit; undefined if the head does not reach back to it. */
export function tokenOf({ version: newest, bodies }: Head, version: number): string | undefined {
  return bodies[bodies.length - 1 - (newest - version)];
}

export interface ListedCommit {
  readonly version: number;
  readonly token: string;
  readonly hasBody: boolean;
}

/** The commits after a version, oldest first; undefined if the head does not reach back to them. */
export function commitsAfter(head: Head, version: number): ListedCommit[] | undefined {
  const first = head.version - head.bodies.length + 1;
  if (version + 1 < first) return undefined;
  return head.bodies
    .map((token, at) => ({ version: first + at, token, hasBody: !token.startsWith(BODYLESS) }))
    .slice(version + 1 - first);
}
