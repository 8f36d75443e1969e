import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import { variablesOf } from '../../lib/adapters/environment.ts';
import { DynamoSubscriptionStore } from '../../lib/adapters/live/dynamo-subscription-store.ts';
import { ApiGatewayConnections } from '../../lib/adapters/sockets/api-gateway-connections.ts';
import { DynamoSeriesStore } from '../../lib/adapters/series/dynamo-series-store.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import type { SocketEvent, SocketResult } from '../../lib/adapters/sockets/socket-event.ts';
import { LiveUpdates } from './live-updates.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

// Once per cold start.
const logger = openLog();
const client = new DynamoDBClient({});
const { text, integer } = variablesOf(process.env);
const liveUpdates = new LiveUpdates({
  ...WORLD,
  subscriptions: new DynamoSubscriptionStore({ ...WORLD, client, table: text('SUBSCRIPTION_TABLE') }),
  series: new DynamoSeriesStore({ client, table: text('SERIES_TABLE') }),
  connections: new ApiGatewayConnections(new ApiGatewayManagementApiClient({ endpoint: text('LIVE_CALLBACK_URL') })),
  keptMs: integer('SERIES_DAYS', 1) * DAY_MS,
});

// Called by API Gateway, once per message.
export const handler = middy<SocketEvent, SocketResult>()
  .use(logging(logger))
  .handler((event) => liveUpdates.handle(event));
