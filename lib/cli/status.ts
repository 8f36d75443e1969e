import type { Command } from './command.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { readTarget } from './connect/target.ts';
import { parseOptions } from './options.ts';
import { STATUS_OPTIONS } from './status/options.ts';
import { runStatus } from './status/run-status.ts';

export const status: Command = {
  usage: 'flagstone status [OPTIONS]',
  description:
    'Tells how a running system is: each of its services, functions and mappings, how far it is behind its stream, and\n' +
    'the batch logs that it has loaded or is loading.',
  options: STATUS_OPTIONS,
  examples: ['flagstone status', 'flagstone status --json --data=/tmp/try'],
  exitCodes: { 0: 'all is well', 1: 'something is not; it says what', ...CONNECT_EXIT_CODES },
  read(args) {
    const { json, ...values } = parseOptions(STATUS_OPTIONS, args);
    const request = { target: readTarget(values), json };
    return async (host) => {
      return runStatus(request, host);
    };
  },
};
