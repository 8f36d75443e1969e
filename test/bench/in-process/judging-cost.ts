import type { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import { WAYS, type Way } from '../../../lib/core/network/network-engine.ts';
import type { Candidate } from './loaded-network.ts';
import { microsPerCall } from './micros-per-call.ts';

/** What judging a purchase costs, in microseconds. */
export interface JudgingCost {
  /** The verdict, in the cheapest way: usual amounts need not all of the latest purchases. */
  readonly judgement: number;
  /** Finding all of the latest purchases in the cheapest way. */
  readonly latest: number;
  readonly rule: number;
  /** Reaching everybody within D degrees, which the cheapest way often does without. */
  readonly search: number;
  readonly ways: Record<Exclude<Way, 'cheapest'>, number>;
}

export function measureJudging({ engine }: NetworkDetector, candidates: readonly Candidate[]): JudgingCost {
  const { wasm, parameters } = engine;
  const find = (way: Way): number => {
    wasm.setSearch(parameters.degrees, parameters.tracked, WAYS[way]);
    const micros = microsPerCall(candidates, ({ user }) => wasm.findLatest(user, Infinity, 0));
    wasm.setSearch(parameters.degrees, parameters.tracked, WAYS.cheapest);
    return micros;
  };
  return {
    judgement: microsPerCall(candidates, ({ user, amount }) => wasm.judge(user, 0, amount)),
    latest: find('cheapest'),
    // Of the purchases that were listed last: how many they are is all that counts.
    rule: microsPerCall(candidates, ({ amount }) => wasm.ruleOnList(0, amount)),
    search: microsPerCall(candidates, ({ user }) => wasm.reach(user, parameters.degrees)),
    ways: { members: find('members'), log: find('log'), meeting: find('meeting') },
  };
}
