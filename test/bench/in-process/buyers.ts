import type { NetworkEngine } from '../../../lib/core/network/network-engine.ts';
import { Random } from '../logs/random.ts';
import type { Candidate, LoadedNetwork } from './loaded-network.ts';

const CANDIDATES = 20_000;
const USUAL_BUYERS = 200;
const USUAL_DEGREE = 100;

export interface Buyers {
  readonly name: string;
  readonly candidates: readonly Candidate[];
}

/** The hub of a network, its friends, and for comparison buyers who get 100 friends for the purpose and are no friends of it. */
export function buyersAroundHub({ detector: { engine }, candidates }: LoadedNetwork): Buyers[] {
  const hub = widestUser(engine);
  const isFriend = ({ user }: Candidate): boolean => engine.friendships.has(user, hub);
  const isStranger = (candidate: Candidate): boolean => candidate.user !== hub && !isFriend(candidate);
  const usual = candidates.filter(isStranger).slice(0, USUAL_BUYERS);
  for (const { user } of usual) befriendUntil(engine, user, USUAL_DEGREE);
  return [
    { name: `buyers with ${USUAL_DEGREE} friends`, candidates: repeated(usual) },
    { name: 'the hub', candidates: repeated(candidates.filter(({ user }) => user === hub)) },
    { name: 'friends of the hub', candidates: repeated(candidates.filter(isFriend)) },
  ];
}

function widestUser({ friendships, ids }: NetworkEngine): number {
  let widest = 0;
  for (let user = 1; user < ids.count; user++) {
    if (friendships.degree(user) > friendships.degree(widest)) widest = user;
  }
  return widest;
}

function befriendUntil(engine: NetworkEngine, user: number, degree: number): void {
  const random = new Random(user);
  const hub = widestUser(engine);
  while (engine.friendships.degree(user) < degree) {
    const friend = random.below(engine.ids.count);
    if (friend !== hub && friend !== user) engine.wasm.befriend(user, friend);
  }
}

function repeated(candidates: readonly Candidate[]): Candidate[] {
  return Array.from({ length: Math.ceil(CANDIDATES / candidates.length) }, () => candidates).flat();
}
