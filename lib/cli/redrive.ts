import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { readTarget } from './connect/target.ts';
import { parseOptions } from './options.ts';
import { REDRIVE_OPTIONS } from './redrive/options.ts';

export const redrive: Command = {
  usage: 'flagstone redrive [OPTIONS]',
  description:
    'Puts back what functions gave up on: batches of the stream and events whose objects Lambda keeps in the journal bucket,\n' +
    'under aws/lambda/. Mend what made the functions fail before.',
  options: REDRIVE_OPTIONS,
  notes: {
    'What happens': [
      'Each line counts once: what a batch had already done before it was given up, the commits tell. What is put back',
      'comes after all that was applied meanwhile, in the order in which it arrived. An object is removed once all in it',
      'is applied, so the command can be run again, or twice at once, whatever ended it.',
    ],
    'What is left': [
      'A line of which the history does not tell any more whether it was applied (it is kept for historyDays) is left',
      'alone, and its object stays: look at it, send by hand what is missing, and delete it.',
    ],
  },
  examples: ['flagstone redrive --dry-run', 'flagstone redrive', 'flagstone redrive --stack=Flagstone --json'],
  exitCodes: { 1: 'something is left that could not be put back', ...CONNECT_EXIT_CODES },
  read(args) {
    const options = parseOptions(REDRIVE_OPTIONS, args);
    const target = readTarget(options);
    return async (host) => {
      const { runRedrive } = await import('./redrive/run-redrive.ts');
      const request = { isDryRun: options['dry-run'], json: options.json };
      return onSystem(target, (system) => runRedrive(request, system, host));
    };
  },
};
