import type { Host } from './host.ts';
import type { ArgumentTable, OptionTable } from './options.ts';

/** Does what was asked for; gives the exit code. */
type Work = (host: Host) => Promise<number>;

/** A command of the command line: one file, and one line in commands.ts. */
export interface Command {
  readonly usage: string;
  readonly description: string;
  readonly arguments?: ArgumentTable;
  readonly options: OptionTable;
  readonly examples: readonly [string, ...string[]];
  /** Further sections of the help, by their titles. */
  readonly notes?: Readonly<Record<string, readonly string[]>>;
  /** What a code means beyond, or instead of, what it always means. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /** Reads the arguments after the command's name; gives what does what they ask for. @throws UsageError */
  read(args: readonly string[]): Work;
}
