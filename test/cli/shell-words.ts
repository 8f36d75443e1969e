import { parse } from 'shell-quote';

/** A program with its arguments, as a shell would start it. */
export type Invocation = readonly [program: string, ...args: readonly string[]];

const BETWEEN: ReadonlySet<string> = new Set(['|', '&&', '||', ';', '&']);
const REDIRECTIONS: ReadonlySet<string> = new Set(['<', '>', '>>']);

/** The programs that a command line starts, in their order; files that it reads from or writes to are left out. */
export function invocationsOf(commandLine: string): Invocation[] {
  const invocations: string[][] = [[]];
  const words = parse(commandLine, (name: string) => `$${name}`).values();
  for (const word of words) {
    if (typeof word === 'string') invocations.at(-1)?.push(word);
    else if ('comment' in word) continue;
    else if ('pattern' in word) invocations.at(-1)?.push(word.pattern);
    else if (BETWEEN.has(word.op)) invocations.push([]);
    else if (REDIRECTIONS.has(word.op)) words.next();
    else throw new Error(`${commandLine}: ${word.op} is not understood`);
  }
  return invocations.flatMap(([program, ...args]) => (program === undefined ? [] : [[program, ...args] as const]));
}
