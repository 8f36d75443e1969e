import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import middy from '@middy/core';
import type { S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import { variablesOf } from '../../lib/adapters/environment.ts';
import { DynamoSubscriptionStore } from '../../lib/adapters/live/dynamo-subscription-store.ts';
import type { WatchedPoints } from '../../lib/adapters/live/watched-points.ts';
import { S3ObjectStore } from '../../lib/adapters/objects/s3-object-store.ts';
import { ApiGatewayConnections } from '../../lib/adapters/sockets/api-gateway-connections.ts';
import { DynamoStateStore } from '../../lib/adapters/state/dynamo-state-store.ts';
import { dropOf } from '../../lib/adapters/uploads.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Counters, publishing } from '../../lib/adapters/telemetry/counters.ts';
import { LivePublisher } from './live-publisher.ts';

// Once per cold start.
const logger = openLog();
const counters = new Counters('live-publisher');
const client = new DynamoDBClient({});
const { text } = variablesOf(process.env);
const publisher = new LivePublisher({
  subscriptions: new DynamoSubscriptionStore({ ...WORLD, client, table: text('SUBSCRIPTION_TABLE') }),
  connections: new ApiGatewayConnections(new ApiGatewayManagementApiClient({ endpoint: text('LIVE_CALLBACK_URL') })),
  state: new DynamoStateStore({ client, table: text('STATE_TABLE') }),
  output: new S3ObjectStore({ client: new S3Client({}), bucket: text('OUTPUT_BUCKET') }),
});

// Once per object, and per commit of points that somebody watches.
async function handle(event: S3ObjectCreatedNotificationEvent | WatchedPoints): Promise<void> {
  const { messages, gone } = await publisher.publish('client' in event ? event : { key: dropOf(event).key });
  counters.note({ LiveMessages: messages, LiveConnectionsGone: gone });
}

// Called by EventBridge when something was flagged, and by the function of the series when it took points.
export const handler = middy<S3ObjectCreatedNotificationEvent | WatchedPoints, void>()
  .use(logging(logger))
  .use(publishing(counters))
  .handler(handle);
