import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import { readSettings } from '../../lib/adapters/environment.ts';
import { connectNetworks } from '../../lib/adapters/network/connect-networks.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Housekeeping } from './housekeeping.ts';

// Once per cold start.
const logger = new Logger();
const settings = readSettings(process.env);
const housekeeping = new Housekeeping({
  ...connectNetworks(settings),
  ...WORLD,
  historyMs: settings.historyMs,
  onFailed: (network, error) => {
    logger.error('not looked after', { network, error: error instanceof Error ? error : new Error(String(error)) });
  },
});

// Called by EventBridge on a schedule.
export const handler = middy<unknown, void>()
  .use(injectLambdaContext(logger))
  .handler(async () => housekeeping.run());
