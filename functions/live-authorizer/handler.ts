import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { variablesOf } from '../../lib/adapters/environment.ts';
import { DynamoTicketStore } from '../../lib/adapters/live/dynamo-ticket-store.ts';
import { LiveTickets } from '../../lib/adapters/live/live-tickets.ts';
import { originCheck } from '../../lib/adapters/origin-check.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { authorize, type AuthorizerEvent } from './live-authorizer.ts';

// Once per cold start.
const logger = openLog();
const table = variablesOf(process.env).text('SUBSCRIPTION_TABLE');
const store = new DynamoTicketStore({ ...WORLD, client: new DynamoDBClient({}), table });
const tickets = new LiveTickets({ store, now: WORLD.now });

const isFromFront = originCheck(process.env);

// Called by API Gateway, once per page that connects.
export const handler = middy<AuthorizerEvent, APIGatewayAuthorizerResult>()
  .use(logging(logger))
  .handler((event) => authorize(event, { tickets, isFromFront }));
