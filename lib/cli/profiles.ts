import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { readTarget } from './connect/target.ts';
import { parseOptions } from './options.ts';
import { PROFILES_OPTIONS } from './profiles/options.ts';

export const profiles: Command = {
  usage: 'flagstone profiles [OPTIONS]',
  description:
    'Learns the habits of all users anew from their stored transactions, in the order in which these were judged: as after a\n' +
    'change of how habits are learnt. The stream may go on meanwhile. What has expired is no longer learnt from.',
  options: PROFILES_OPTIONS,
  examples: ['flagstone profiles', 'flagstone profiles --stack=Flagstone --json'],
  exitCodes: { 1: 'some users were too busy; their profiles are as they were', ...CONNECT_EXIT_CODES },
  read(args) {
    const options = parseOptions(PROFILES_OPTIONS, args);
    const target = readTarget(options);
    return async (host) => {
      const { runProfiles } = await import('./profiles/run-profiles.ts');
      return onSystem(target, (system) => runProfiles(options, system, host));
    };
  },
};
