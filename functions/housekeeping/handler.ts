import middy from '@middy/core';
import { asError } from '../../lib/adapters/as-error.ts';
import { readSettings } from '../../lib/adapters/environment.ts';
import { connectNetworks } from '../../lib/adapters/network/connect-networks.ts';
import { countFailures } from '../../lib/adapters/objects/count-failures.ts';
import { Counters, publishing } from '../../lib/adapters/telemetry/counters.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Housekeeping } from './housekeeping.ts';

// Once per cold start.
const logger = openLog();
const counters = new Counters('housekeeping');
const settings = readSettings(process.env);
const networks = connectNetworks(settings);
const housekeeping = new Housekeeping({
  ...networks,
  ...WORLD,
  historyMs: settings.historyMs,
  onFailed: (network, error) => {
    logger.error('not looked after', { network, error: asError(error) });
  },
});

// Once an hour.
async function handle(): Promise<void> {
  counters.note({ FailuresKept: await countFailures(networks.journal) });
  await housekeeping.run();
}

// Called by EventBridge on a schedule.
export const handler = middy<unknown, void>().use(logging(logger)).use(publishing(counters)).handler(handle);
