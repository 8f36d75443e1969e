import type { Command } from './command.ts';
import { CONNECT_EXIT_CODES, CONNECT_OPTIONS } from './connect/options.ts';
import { USUAL_DATA_FOLDER } from './connect/target.ts';
import { parseOptions } from './options.ts';
import { EXIT_CODES } from './usage-error.ts';
import type { OptionTable } from './options.ts';

const STOP_OPTIONS = { data: CONNECT_OPTIONS.data } as const satisfies OptionTable;

export const stop: Command = {
  usage: 'flagstone stop [--data=DIR]',
  description: 'Stops the local run, and comes back when it has ended. What is under way is finished first.',
  options: STOP_OPTIONS,
  examples: ['flagstone stop', 'flagstone stop --data=/tmp/try'],
  exitCodes: CONNECT_EXIT_CODES,
  read(args) {
    const { data = USUAL_DATA_FOLDER } = parseOptions(STOP_OPTIONS, args);
    return async (host) => {
      const { runStop } = await import('./stop/run-stop.ts');
      await runStop(data, host);
      return EXIT_CODES.done;
    };
  },
};
