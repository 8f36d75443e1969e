import { formatTable } from '../table.ts';
import { runScript } from './run-script.ts';

const USERS = [10_000, 100_000, 1_000_000] as const;
const GOAL = 1.5;

/** What a purchase costs in one network, in microseconds. */
interface PurchaseCost {
  readonly verdict: number;
  readonly inStream: number;
}

/** A table of what judging a purchase costs as the network grows, its degree and T staying as they are. */
export async function tabulateGrowth(progress: (text: string) => void): Promise<string> {
  const costs: PurchaseCost[] = [];
  for (const users of USERS) {
    progress(`judging in a network of ${users.toLocaleString('en')} users`);
    const printed = await runScript('in-process/judge-in-network-of.ts', [String(users)]);
    const [verdict = NaN, inStream = NaN] = printed.split(' ').map(Number);
    costs.push({ verdict, inStream });
  }
  return formatTable([
    ['users', 'verdict alone', 'ratio', 'goal', 'in a stream', 'ratio', 'goal'],
    ...USERS.map((users, at) => rowOf(users, at, costs)),
  ]);
}

function rowOf(users: number, at: number, costs: readonly PurchaseCost[]): string[] {
  const verdicts = costs.map(({ verdict }) => verdict);
  const streams = costs.map(({ inStream }) => inStream);
  return [users.toLocaleString('en'), ...cellsOf(verdicts, at), ...cellsOf(streams, at)];
}

function cellsOf(costs: readonly number[], at: number): string[] {
  const cost = costs[at] ?? NaN;
  const ratio = cost / (costs[0] ?? NaN);
  const goal = at === 0 ? '' : `${GOAL} x: ${ratio <= GOAL ? 'met' : 'missed'}`;
  return [cost.toFixed(2), ratio.toFixed(2), goal];
}
