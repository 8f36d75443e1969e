import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { readTarget, type Target } from './connect/target.ts';
import { forPeople, jsonLines, type FoundSystem } from './init/found-system.ts';
import { INIT_OPTIONS } from './init/options.ts';
import { parseOptions } from './options.ts';
import { explained } from './start/explain-failure.ts';
import { print } from './terminal/print.ts';
import { EXIT_CODES } from './usage-error.ts';

export const init: Command = {
  usage: 'flagstone init [OPTIONS]',
  description:
    'Makes a data folder ready for a local run, and leaves nothing running; what is in it stays. Prints the names of the\n' +
    'buckets, the table and the stream. With --stack it looks whether a deployed stack can be reached, and changes nothing.',
  options: INIT_OPTIONS,
  notes: {
    Notes: ['flagstone start does the same by itself. A stack is deployed with: npx cdk deploy'],
  },
  examples: ['flagstone init', 'flagstone init --data=/tmp/try --json', 'flagstone init --stack=Flagstone'],
  read(args) {
    const { json, ...values } = parseOptions(INIT_OPTIONS, args);
    const target = readTarget(values);
    return async (host) => {
      const found = await find(target);
      await print(host.stdout, json ? jsonLines(found) : forPeople(found));
      return EXIT_CODES.done;
    };
  },
};

async function find(target: Target): Promise<FoundSystem> {
  if (target.kind === 'deployed stack') {
    const { lookAt } = await import('./init/look-at-stack.ts');
    return onSystem(target, lookAt);
  }
  try {
    const { makeReady } = await import('./init/make-ready.ts');
    return await makeReady(target.data);
  } catch (error) {
    throw explained(error);
  }
}
