import middy from '@middy/core';
import type { Context, S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import { readSettings } from '../../lib/adapters/environment.ts';
import { connectNetworks } from '../../lib/adapters/network/connect-networks.ts';
import { dropOf, networkOf } from '../../lib/adapters/uploads.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Counters, publishing } from '../../lib/adapters/telemetry/counters.ts';
import { BatchLog, type LoadOutcome } from './batch-log.ts';

// Once per cold start.
const logger = openLog();
const counters = new Counters('batch-log');
const batchLog = new BatchLog({ ...connectNetworks(readSettings(process.env)), ...WORLD });

const COUNTED: Readonly<Record<LoadOutcome, Parameters<typeof counters.note>[0]>> = {
  loaded: { Loads: 1 },
  failed: { LoadsFailed: 1 },
  refused: { LoadsFailed: 1 },
  'old news': {},
};

// Once per upload.
async function handle(event: S3ObjectCreatedNotificationEvent, context: Context): Promise<void> {
  const drop = dropOf(event);
  const outcome = await batchLog.handle(drop, () => context.getRemainingTimeInMillis());
  counters.note(COUNTED[outcome]);
  logger.info('batch log', { network: networkOf(drop, 'batch_log.json'), sequencer: drop.sequencer, outcome });
}

// Called by EventBridge when a batch log is dropped into the input bucket.
export const handler = middy<S3ObjectCreatedNotificationEvent, void>()
  .use(logging(logger))
  .use(publishing(counters))
  .handler(handle);
