import { findRoot } from '../local/synthesis/find-root.ts';
import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { DASHBOARD_OPTIONS } from './dashboard/options.ts';
import { findPageAddress } from './dashboard/page-address.ts';
import { readRequest } from './dashboard/request.ts';
import { parseOptions } from './options.ts';
import { explained } from './start/explain-failure.ts';
import { EXIT_CODES, UsageError } from './usage-error.ts';

export const dashboard: Command = {
  usage: 'flagstone dashboard [OPTIONS]',
  description:
    'Serves the front end alone, from its sources: what is changed in lib/dashboard is seen at once. What the pages ask is\n' +
    'asked of the running system. To look at the dashboard, open the address that flagstone start prints instead. With a\n' +
    'deployed stack, people sign in as they do there, if its setting localDashboardPort allows it.',
  options: DASHBOARD_OPTIONS,
  examples: ['flagstone dashboard', 'flagstone dashboard --stack=Flagstone --port=8080'],
  exitCodes: CONNECT_EXIT_CODES,
  read(args) {
    const { target, port } = readRequest(parseOptions(DASHBOARD_OPTIONS, args));
    return async (host) => {
      const backend = await onSystem(target, async (system) => system.dashboard);
      if (backend === undefined) throw new UsageError('the system has no dashboard: it is of an earlier version');
      try {
        const root = findRoot();
        const address = await findPageAddress({ backend, port });
        const { serveSources } = await import('./dashboard/serve-sources.ts');
        await serveSources({ root, backend, address }, host);
      } catch (error) {
        throw explained(error);
      }
      return EXIT_CODES.done;
    };
  },
};
