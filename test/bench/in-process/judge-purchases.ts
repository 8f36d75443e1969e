import { formatTable } from '../table.ts';
import { WORKLOADS } from '../workloads.ts';
import { buyersAroundHub } from './buyers.ts';
import { measureJudging, type JudgingCost } from './judging-cost.ts';
import { loadNetwork } from './loaded-network.ts';

const HEADINGS = ['microseconds', 'judged', 'latest T', 'rule', 'ratio', 'full search', 'members', 'log', 'meeting'];

/** Prints what judging one purchase costs; a script of its own, so that nothing else has warmed up the code. */
console.log(formatTable([HEADINGS, ...(['late', 'large', 'deep'] as const).map(anyBuyerRow), ...hubRows()]));

function anyBuyerRow(name: 'late' | 'large' | 'deep'): string[] {
  const { detector, candidates } = loadNetwork(WORKLOADS[name]);
  return rowOf(name, measureJudging(detector, candidates));
}

function hubRows(): string[][] {
  const network = loadNetwork(WORKLOADS.hub);
  let usual: JudgingCost | undefined;
  return buyersAroundHub(network).map(({ name, candidates }) => {
    const cost = measureJudging(network.detector, candidates);
    usual ??= cost;
    return rowOf(`hub: ${name}`, cost, usual);
  });
}

function rowOf(name: string, cost: JudgingCost, reference?: JudgingCost): string[] {
  const { judgement, latest, rule, search, ways } = cost;
  const ratio = reference === undefined ? '' : (judgement / reference.judgement).toFixed(2);
  const [first, ...others] = [judgement, latest, rule, search, ways.members, ways.log, ways.meeting].map(shown);
  return [name, first ?? '', ...others.slice(0, 2), ratio, ...others.slice(2)];
}

function shown(micros: number): string {
  return micros.toFixed(micros < 100 ? 2 : 0);
}
