import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { readTarget } from './connect/target.ts';
import { parseOptions } from './options.ts';
import { TRAIN_OPTIONS } from './train/options.ts';

export const train: Command = {
  usage: 'flagstone train [OPTIONS]',
  description:
    'Trains the model of card transactions anew, on the latest 20,000 that are stored, and prints its version and how it did\n' +
    'on these. Running functions take it up by themselves; the same happens on a schedule.',
  options: TRAIN_OPTIONS,
  examples: ['flagstone train', 'flagstone train --stack=Flagstone --json'],
  exitCodes: { 1: 'too few transactions are stored, or the training failed', ...CONNECT_EXIT_CODES },
  read(args) {
    const options = parseOptions(TRAIN_OPTIONS, args);
    const target = readTarget(options);
    return async (host) => {
      const { runTrain } = await import('./train/run-train.ts');
      return onSystem(target, (system) => runTrain(options, system, host));
    };
  },
};
