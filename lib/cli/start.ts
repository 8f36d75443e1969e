import { findRoot } from '../local/synthesis/find-root.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { explained } from './start/explain-failure.ts';
import { UNLIKE_AWS } from './start/unlike-aws.ts';
import { START_OPTIONS } from './start/options.ts';
import { readRequest } from './start/request.ts';
import { EXIT_CODES } from './usage-error.ts';

export const start: Command = {
  usage: 'flagstone start [OPTIONS]',
  description:
    'Runs the whole system on this machine: what `cdk deploy` would deploy, in local stand-ins for AWS, with the same\n' +
    'functions behind the same triggers. Needs no AWS account, and is to be run in a checkout of the repository.',
  options: START_OPTIONS,
  notes: {
    Notes: [
      'Everything is kept in the data folder, whatever ends the process; the next start goes on from there.',
      'Any AWS SDK, and aws --endpoint-url, work against the addresses that are printed. Only this machine reaches them.',
    ],
    'Unlike on AWS': UNLIKE_AWS,
  },
  examples: ['flagstone start --demo', 'flagstone start --data=/tmp/try --port=0'],
  read(args) {
    const request = readRequest(parseOptions(START_OPTIONS, args));
    return async (host) => {
      try {
        // First: elsewhere, the packages that the local run needs are not there to be loaded.
        findRoot();
        const { runStart } = await import('./start/run-start.ts');
        await runStart(request, host);
      } catch (error) {
        throw explained(error);
      }
      return EXIT_CODES.done;
    };
  },
};
