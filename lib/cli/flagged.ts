import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { FLAGGED_OPTIONS } from './flagged/options.ts';
import { readRequest } from './flagged/request.ts';
import { runFlagged } from './flagged/run-flagged.ts';
import { parseOptions } from './options.ts';
import { EXIT_CODES } from './usage-error.ts';

export const flagged: Command = {
  usage: 'flagstone flagged [OPTIONS]',
  description:
    'Prints the purchases that a running system has flagged, in order. In a file or a pipe they are the lines that\n' +
    'detect writes, for all that has been judged since the latest batch log; on a terminal they are lines for people.\n' +
    'With --transactions it prints the card transactions that were found anomalous, with their reasons.',
  options: FLAGGED_OPTIONS,
  examples: [
    'flagstone flagged --follow',
    'flagstone flagged --network=shop > flagged_purchases.json',
    'flagstone flagged --transactions --follow',
    'flagstone flagged --stack=Flagstone --rejected',
  ],
  exitCodes: CONNECT_EXIT_CODES,
  read(args) {
    const request = readRequest(parseOptions(FLAGGED_OPTIONS, args));
    return async (host) => {
      await onSystem(request.target, (system) => runFlagged(request, system, host));
      return EXIT_CODES.done;
    };
  },
};
