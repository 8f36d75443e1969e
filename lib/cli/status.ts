import type { Command } from './command.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { readTarget } from './connect/target.ts';
import { parseOptions } from './options.ts';
import { STATUS_OPTIONS } from './status/options.ts';
import { runStatus } from './status/run-status.ts';

export const status: Command = {
  usage: 'flagstone status [OPTIONS]',
  description:
    'Tells how a running system is: its functions, how far they are behind the stream, its APIs, tables, buckets and model,\n' +
    'what was given up on, and the batch logs that it has loaded or is loading; of a deployed stack also each alarm that\n' +
    'rings, with what a user loses.',
  options: STATUS_OPTIONS,
  examples: [
    'flagstone status',
    'flagstone status --json --data=/tmp/try',
    'flagstone status --watch --stack=Flagstone',
  ],
  exitCodes: { 0: 'all is well', 1: 'something is not; it says what', ...CONNECT_EXIT_CODES },
  read(args) {
    const { json, watch, ...values } = parseOptions(STATUS_OPTIONS, args);
    const request = { target: readTarget(values), json, watch };
    return async (host) => {
      return runStatus(request, host);
    };
  },
};
