import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { DELETE_OPTIONS } from './delete/options.ts';
import { readRequest } from './delete/request.ts';
import { parseOptions } from './options.ts';
import { EXIT_CODES } from './usage-error.ts';

export const deleteCommand: Command = {
  usage: 'flagstone delete --network=NAME | --user=USER [--network=NAME] | --client=CLIENT [OPTIONS]',
  description:
    'Removes the data of a network, of a user or of a client of series, wherever it is: state, flags, transactions, habits,\n' +
    'points, objects, dropped logs with their versions, the history of commits, what functions gave up on. It tells what was\n' +
    'removed, what was not, and until when. A deleted network, user or client that comes back begins anew.',
  options: DELETE_OPTIONS,
  notes: {
    'What happens': [
      'A function of the stack does the work: the data stays where it is, and who calls needs no right but to call it.',
      'The removal is a commit like any other: events and logs from before it are left out whenever they come. It can be',
      'interrupted, and goes on with the same command, or by itself within the hour. After an hour, and again when the',
      'stream has forgotten all from before, everything is gone over by itself for what was written late.',
    ],
  },
  examples: [
    'flagstone delete --network=shop',
    'flagstone delete --user=17 --stack=Flagstone --yes --json',
    'flagstone delete --user=17 --network=shop',
    'flagstone delete --client=till-7',
  ],
  exitCodes: CONNECT_EXIT_CODES,
  read(args) {
    const request = readRequest(parseOptions(DELETE_OPTIONS, args));
    return async (host) => {
      const { runDelete } = await import('./delete/run-delete.ts');
      await onSystem(request.system, (system) => runDelete(request, system, host));
      return EXIT_CODES.done;
    };
  },
};
