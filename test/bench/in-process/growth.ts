import { formatTable } from '../table.ts';
import { runScript } from './run-script.ts';

const USERS = [10_000, 100_000, 1_000_000] as const;
const GOAL = 1.5;

/** A table of what judging a purchase costs as the network grows, its degree and T staying as they are. */
export async function tabulateGrowth(progress: (text: string) => void): Promise<string> {
  const micros: number[] = [];
  for (const users of USERS) {
    progress(`judging in a network of ${users.toLocaleString('en')} users`);
    micros.push(Number(await runScript('in-process/judge-in-network-of.ts', [String(users)])));
  }
  return formatTable([
    ['users', 'microseconds', 'ratio', 'goal'],
    ...USERS.map((users, at) => rowOf(users, at, micros)),
  ]);
}

function rowOf(users: number, at: number, micros: readonly number[]): string[] {
  const cost = micros[at] ?? NaN;
  const ratio = cost / (micros[0] ?? NaN);
  const goal = at === 0 ? '' : `${GOAL} x: ${ratio <= GOAL ? 'met' : 'missed'}`;
  return [users.toLocaleString('en'), cost.toFixed(2), ratio.toFixed(2), goal];
}
