import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { parseOptions } from './options.ts';
import { PARAMETERS_OPTIONS } from './parameters/options.ts';
import { readRequest } from './parameters/request.ts';
import { EXIT_CODES } from './usage-error.ts';

export const parameters: Command = {
  usage: 'flagstone parameters [OPTIONS]',
  description:
    'Lists by what the purchases of each network are judged: D, the degrees of friendship, and T, the tracked purchases.\n' +
    'With --degrees or --tracked it changes them while the system runs: at once, and without loading anything again.',
  options: PARAMETERS_OPTIONS,
  notes: {
    Columns: [
      'kept     purchases kept of each user: the largest T that can be chosen',
      'version  how many times the network has changed: a batch of events, a load, new parameters',
      'load     how many batch logs have been loaded',
    ],
  },
  examples: [
    'flagstone parameters',
    'flagstone parameters --network=shop --degrees=3',
    'flagstone parameters --stack=Flagstone --tracked=30 --json',
  ],
  exitCodes: CONNECT_EXIT_CODES,
  read(args) {
    const request = readRequest(parseOptions(PARAMETERS_OPTIONS, args));
    return async (host) => {
      const { runParameters } = await import('./parameters/run-parameters.ts');
      await onSystem(request.target, (system) => runParameters(request, system, host));
      return EXIT_CODES.done;
    };
  },
};
