import type { Host } from './host.ts';
import type { OptionTable } from './options.ts';

/** A command of the command line: one file, and one line in commands.ts. */
export interface Command {
  readonly usage: string;
  readonly description: string;
  readonly options: OptionTable;
  /** Further sections of the help, by their titles. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
  /** Does what the arguments after the command's name ask for; gives the exit code. */
  run(args: readonly string[], host: Host): Promise<number>;
}
