import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { asError } from '../../lib/adapters/as-error.ts';
import { readSettings } from '../../lib/adapters/environment.ts';
import { connectNetworks, MOST_USERS } from '../../lib/adapters/network/connect-networks.ts';
import { LiveEvents } from './live-events.ts';

// Once per cold start.
const logger = new Logger();
const metrics = new Metrics();
const { openSession } = connectNetworks(readSettings(process.env));
const liveEvents = new LiveEvents({
  openSession,
  mostUsers: MOST_USERS,
  onApplied: (network, { events, flagged, rejected, conflicts }) => {
    metrics.addMetric('Events', MetricUnit.Count, events);
    metrics.addMetric('Flagged', MetricUnit.Count, flagged);
    metrics.addMetric('Rejected', MetricUnit.Count, rejected);
    metrics.addMetric('CommitConflicts', MetricUnit.Count, conflicts);
    logger.info('applied', { network, events, flagged, rejected, conflicts });
  },
  onFailed: (network, error) =>
    logger.error('not applied; the batch will come again', { network, error: asError(error) }),
});

// Once per batch.
async function handle(event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  const arrived = event.Records.at(-1)?.kinesis.approximateArrivalTimestamp;
  const response = await liveEvents.handle(event);
  if (arrived !== undefined) metrics.addMetric('Lag', MetricUnit.Milliseconds, Date.now() - arrived * 1000);
  return response;
}

// Called by the event source mapping.
export const handler = middy<KinesisStreamEvent, KinesisStreamBatchResponse>()
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics))
  .handler(handle);
