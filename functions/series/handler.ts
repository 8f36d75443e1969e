import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import { asError } from '../../lib/adapters/as-error.ts';
import { variablesOf } from '../../lib/adapters/environment.ts';
import { connectWatchedPoints } from '../../lib/adapters/live/watched-points.ts';
import { ApiGatewayConnections } from '../../lib/adapters/sockets/api-gateway-connections.ts';
import { DynamoSeriesStore } from '../../lib/adapters/series/dynamo-series-store.ts';
import { readSeriesSettings } from '../../lib/adapters/series/series-settings.ts';
import type { PlacedPoints } from '../../lib/adapters/series/series-session.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Counters, publishing } from '../../lib/adapters/telemetry/counters.ts';
import { SeriesRoutes } from './series.ts';
import type { SocketEvent, SocketResult } from '../../lib/adapters/sockets/socket-event.ts';

/** Some 100 MB. */
const MOST_VALUES = 1_000_000;
/** Points come many times a second. */
const COUNTED_EVERY_MS = 10_000;

// Once per cold start.
const logger = openLog();
const counters = new Counters('series', { atMostEveryMs: COUNTED_EVERY_MS });
const { table, callbackUrl, limits, keptMs } = readSeriesSettings(process.env);
const outlet = connectWatchedPoints(variablesOf(process.env).text('LIVE_PUBLISHER'));
const routes = new SeriesRoutes({
  ...WORLD,
  store: new DynamoSeriesStore({ client: new DynamoDBClient({}), table }),
  connections: new ApiGatewayConnections(new ApiGatewayManagementApiClient({ endpoint: callbackUrl })),
  limits,
  keptMs,
  mostValues: MOST_VALUES,
  onTaken: ({ points, anomalies, alerts }) => counters.note({ Points: points, Anomalies: anomalies, Alerts: alerts }),
  onConflict: () => counters.note({ CommitConflicts: 1 }),
  onWatched: showPoints,
});

// Once per commit of points that somebody watches. They are stored: a page that misses some asks the API for them.
async function showPoints(client: string, points: PlacedPoints): Promise<void> {
  try {
    await outlet.put(client, points);
  } catch (error) {
    logger.warn('points were not shown', { error: asError(error) });
    counters.note({ PointsNotShown: points.length });
  }
}

// Called by API Gateway, once per message.
export const handler = middy<SocketEvent, SocketResult>()
  .use(logging(logger))
  .use(publishing(counters))
  .handler((event) => routes.handle(event));
