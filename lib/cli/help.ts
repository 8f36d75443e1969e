import type { Command } from './command.ts';
import { argumentName, type ArgumentTable, type OptionTable } from './options.ts';
import type { Paint } from './terminal/paint.ts';
import { columns, sections } from './terminal/sections.ts';

/** What the codes always mean; 3 is of those commands that say so. */
const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'an error of flagstone itself, or of AWS',
  2: 'something to put right: a file, an option, a header; one line on standard error says what',
};

/** What `flagstone --help` prints. */
export function overview(summaries: Readonly<Record<string, string>>, paint: Paint): string {
  const parts = {
    Usage: ['flagstone COMMAND [OPTIONS]'],
    Commands: columns(Object.entries(summaries)),
    Options: columns([
      ['-h, --help', 'this help; after a command, the help for it'],
      ['-V, --version', 'the version'],
    ]),
    Systems: [
      'detect and evaluate work on files. The other commands work on the local run of --data=DIR, by default .flagstone;',
      'status, init, send, produce, stream, flagged and parameters also on a stack that is deployed to AWS: --stack=NAME.',
    ],
    Examples: [
      'flagstone detect --batch-log=batch_log.json --stream-log=stream_log.json --output=flagged_purchases.json',
      'flagstone start --demo',
      'flagstone flagged --network=demo --follow',
    ],
    'Exit codes': columns(Object.entries({ ...EXIT_CODES, 3: 'nothing runs that the command could work on' })),
  };
  return `Flagstone flags anomalies in live events.\n\n${sections(parts, paint)}`;
}

/** What `flagstone COMMAND --help` prints. */
export function commandHelp(command: Command, paint: Paint): string {
  const parts = {
    Usage: [command.usage],
    ...(command.arguments && { Arguments: columns(argumentRows(command.arguments)) }),
    Options: columns([...optionRows(command.options), ['-h, --help', 'this help']]),
    ...command.notes,
    Examples: command.examples,
    'Exit codes': columns(Object.entries({ ...EXIT_CODES, ...command.exitCodes })),
  };
  return `${command.description}\n\n${sections(parts, paint)}`;
}

function argumentRows(table: ArgumentTable): (readonly [string, string])[] {
  return Object.entries(table).map(([name, { help }]) => [argumentName(name), help]);
}

function optionRows(options: OptionTable): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { value, help }]) => [`--${name}${value ? `=${value}` : ''}`, help]);
}
