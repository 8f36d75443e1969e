import type { Host } from './host.ts';
import type { ArgumentTable, OptionTable } from './options.ts';

/** A command of the command line: one file, and one line in commands.ts. */
export interface Command {
  readonly usage: string;
  readonly description: string;
  readonly arguments?: ArgumentTable;
  readonly options: OptionTable;
  /** Further sections of the help, by their titles. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
  /** What a code means beyond, or instead of, what it always means. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /** Does what the arguments after the command's name ask for; gives the exit code. */
  run(args: readonly string[], host: Host): Promise<number>;
}
