import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import { readSettings } from '../../lib/adapters/environment.ts';
import { connectNetworks } from '../../lib/adapters/network/connect-networks.ts';
import { dropOf } from '../../lib/adapters/uploads.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { BatchLog } from './batch-log.ts';

// Once per cold start.
const logger = new Logger();
const metrics = new Metrics();
const batchLog = new BatchLog({ ...connectNetworks(readSettings(process.env)), ...WORLD });

// Once per upload.
async function handle(event: S3ObjectCreatedNotificationEvent, context: Context): Promise<void> {
  const drop = dropOf(event);
  const outcome = await batchLog.handle(drop, () => context.getRemainingTimeInMillis());
  const hasFailed = outcome === 'failed' || outcome === 'refused';
  metrics.addMetric('LoadsFailed', MetricUnit.Count, Number(hasFailed));
  logger.info('batch log', { key: drop.key, outcome });
}

// Called by EventBridge when a batch log is dropped into the input bucket.
export const handler = middy<S3ObjectCreatedNotificationEvent, void>()
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics))
  .handler(handle);
