import { isAnomalous, type JudgedAmounts } from '../../../lib/core/network/anomaly-rule.ts';
import { LatestPurchases, type Way } from '../../../lib/core/network/latest-purchases.ts';
import { Neighbourhood } from '../../../lib/core/network/neighbourhood.ts';
import type { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import type { NetworkEngine } from '../../../lib/core/network/network-engine.ts';
import { PurchaseList, UNLIMITED } from '../../../lib/core/network/purchase-list.ts';
import type { Candidate } from './loaded-network.ts';
import { microsPerCall } from './micros-per-call.ts';

const SAMPLES = 500;

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

export function measureJudging(detector: NetworkDetector, candidates: readonly Candidate[]): JudgingCost {
  const { engine } = detector;
  const { parameters } = engine;
  const latest = new LatestPurchases(engine);
  const find = (way: Way): number =>
    microsPerCall(candidates, ({ user }) => latest.find(user, { parameters, way, amount: UNLIMITED }));
  return {
    judgement: microsPerCall(candidates, ({ user, amount }) => detector.judgeAmount(user, { high: 0, low: amount })),
    latest: find('cheapest'),
    rule: measureRule(engine, candidates),
    search: measureSearch(engine, candidates),
    ways: { members: find('members'), log: find('log'), meeting: find('meeting') },
  };
}

function measureRule(engine: NetworkEngine, candidates: readonly Candidate[]): number {
  const judged = candidates
    .slice(0, SAMPLES)
    .map(({ user, amount }) => ({ sample: copyOfLatest(engine, user), amount }));
  const manyTimes = Array.from({ length: 100 }, () => judged).flat();
  return microsPerCall(manyTimes, ({ sample, amount }) => isAnomalous(sample, { high: 0, low: amount }));
}

function copyOfLatest(engine: NetworkEngine, user: number): JudgedAmounts {
  const { highs, lows, count } = engine.latestPurchases(user, UNLIMITED) ?? new PurchaseList();
  return { highs: highs.slice(), lows: lows.slice(), count };
}

function measureSearch({ friendships, ids, parameters }: NetworkEngine, candidates: readonly Candidate[]): number {
  const neighbourhood = new Neighbourhood(friendships);
  return microsPerCall(candidates, ({ user }) => {
    neighbourhood.start(user, ids.count);
    neighbourhood.reach(parameters.degrees);
  });
}
