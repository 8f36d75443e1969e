import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import { variablesOf } from '../../lib/adapters/environment.ts';
import type { WatchedPointsOutlet } from '../../lib/adapters/live/watched-points.ts';
import { ApiGatewayConnections } from '../../lib/adapters/sockets/api-gateway-connections.ts';
import { DynamoSeriesStore } from '../../lib/adapters/series/dynamo-series-store.ts';
import { readSeriesSettings } from '../../lib/adapters/series/series-settings.ts';
import type { PlacedPoints } from '../../lib/adapters/series/series-session.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { SeriesRoutes } from './series.ts';
import type { SocketEvent, SocketResult } from '../../lib/adapters/sockets/socket-event.ts';

/** Some 100 MB. */
const MOST_VALUES = 1_000_000;

// Once per cold start.
const logger = new Logger();
const metrics = new Metrics();
const { table, callbackUrl, limits, keptMs } = readSeriesSettings(process.env);
const routes = new SeriesRoutes({
  ...WORLD,
  store: new DynamoSeriesStore({ client: new DynamoDBClient({}), table }),
  connections: new ApiGatewayConnections(new ApiGatewayManagementApiClient({ endpoint: callbackUrl })),
  limits,
  keptMs,
  mostValues: MOST_VALUES,
  onTaken: (points, anomalies) => {
    metrics.addMetric('Points', MetricUnit.Count, points);
    metrics.addMetric('SeriesAnomalies', MetricUnit.Count, anomalies);
  },
  onConflict: () => metrics.addMetric('SeriesConflicts', MetricUnit.Count, 1),
  onWatched: showPoints,
});
let outlet: Promise<WatchedPointsOutlet> | undefined;

// Once per message.
async function handle(event: SocketEvent): Promise<SocketResult> {
  try {
    return await routes.handle(event);
  } finally {
    // Not by the middleware, which warns where there are none: a ping has none.
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

// Once per commit of points that somebody watches. They are stored: a page that misses some asks the API for them.
async function showPoints(client: string, points: PlacedPoints): Promise<void> {
  try {
    outlet ??= openOutlet();
    await (await outlet).put(client, points);
  } catch (error) {
    logger.warn('points were not shown', { error });
    metrics.addMetric('PointsNotShown', MetricUnit.Count, points.length);
  }
}

/** Not loaded before somebody watches. */
async function openOutlet(): Promise<WatchedPointsOutlet> {
  const { connectWatchedPoints } = await import('../../lib/adapters/live/watched-points.ts');
  return connectWatchedPoints(variablesOf(process.env).text('LIVE_PUBLISHER'));
}

// Called by API Gateway.
export const handler = middy<SocketEvent, SocketResult>().use(injectLambdaContext(logger)).handler(handle);
