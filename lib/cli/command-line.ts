import { COMMANDS, isCommandName } from './commands.ts';
import type { Host } from './host.ts';
import { suggestion } from '../core/text/nearest-name.ts';
import { paintFor } from './terminal/paint.ts';
import { print } from './terminal/print.ts';
import { printable } from './terminal/printable.ts';
import { EXIT_CODES, exitCodeOf, UsageError } from './usage-error.ts';

const HELP_OPTIONS: ReadonlySet<string | undefined> = new Set(['--help', '-h']);
const VERSION_OPTIONS: ReadonlySet<string | undefined> = new Set(['--version', '-V']);

/** Runs what the arguments after `flagstone` ask for; gives the exit code. */
export async function runCommandLine(args: readonly string[], host: Host): Promise<number> {
  try {
    return await dispatch(args, host);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await print(host.stderr, `${paintFor(host.stderr)('red', 'flagstone:')} ${printable(message)}\n`);
    return exitCodeOf(error);
  }
}

async function dispatch([first, ...rest]: readonly string[], host: Host): Promise<number> {
  if (first === 'help') return dispatch([...rest.slice(0, 1), '--help'], host);
  if (first === undefined || HELP_OPTIONS.has(first)) return printOverview(host);
  if (VERSION_OPTIONS.has(first)) return printVersion(host);
  if (!isCommandName(first)) throw unknown(first);
  const command = await COMMANDS[first].load();
  if (!rest.some((argument) => HELP_OPTIONS.has(argument))) return command.read(rest)(host);
  const { commandHelp } = await import('./help.ts');
  await print(host.stdout, commandHelp(command, paintFor(host.stdout)));
  return EXIT_CODES.done;
}

async function printOverview(host: Host): Promise<number> {
  const { overview } = await import('./help.ts');
  const summaries = Object.fromEntries(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]));
  await print(host.stdout, overview(summaries, paintFor(host.stdout)));
  return EXIT_CODES.done;
}

async function printVersion(host: Host): Promise<number> {
  const { version } = await import('./version.ts');
  await print(host.stdout, `${version}\n`);
  return EXIT_CODES.done;
}

function unknown(name: string): UsageError {
  const kind = name.startsWith('-') ? 'option' : 'command';
  const hint = suggestion(name, kind === 'command' ? Object.keys(COMMANDS) : ['--help', '--version']);
  return new UsageError(`unknown ${kind} ${name}${hint}; see flagstone --help`);
}
