import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { headItem, connectionItem } from '../../../lib/adapters/series/series-items.ts';
import { connectedHead, newHead } from '../../../lib/core/series-cloud/new-head.ts';
import { coldStart, metricsIn, type DeployedFunction } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

/** A client that is connected, and maybe watched. */
function connected(services: MockedServices, watchedUntil?: number): void {
  const connection = { id: 'c1', at: Date.now() };
  const connecting = { client: 'a', window: 5, limits: 'calibrated', owner: '', now: Date.now(), connection } as const;
  const head = { ...connectedHead(newHead(connecting, 'born'), connecting), version: 1, commit: 'one' };
  const items = [headItem({ ...head, ...(watchedUntil && { watchedUntil }) })];
  items.push(connectionItem({ id: 'c1', client: 'a', source: 'connection c1' }));
  for (const { pk, sk, attributes } of items) services.putItem({ pk: { S: pk }, sk: { S: sk }, ...attributes });
}

async function sendPoints({ invoke }: DeployedFunction, ...timestamps: readonly number[]): Promise<void> {
  for (const timestamp of timestamps) {
    const body = JSON.stringify({ timestamp, value: 1 });
    const requestContext = { routeKey: '$default', connectionId: 'c1', connectedAt: 1 };
    expect(await invoke({ requestContext, body, isBase64Encoded: false })).toEqual({ statusCode: 200 });
  }
}

test('a point that nobody watches costs one write and its answer, and nothing more', async () => {
  const services = new MockedServices();
  connected(services);
  const gateway = mockClient(ApiGatewayManagementApiClient).on(PostToConnectionCommand).resolves({});
  const deployed = await coldStart('series');
  await sendPoints(deployed, 1);
  services.dynamo.resetHistory();
  gateway.resetHistory();
  await sendPoints(deployed, 2);
  expect(services.dynamo.calls().map(({ args }) => args[0].constructor.name)).toEqual(['PutItemCommand']);
  expect(gateway.calls()).toHaveLength(1);
  expect(services.lambda.calls()).toEqual([]);
});

test('a point that is watched costs one call more, after its answer', async () => {
  const services = new MockedServices();
  connected(services, Date.now() + 60_000);
  const gateway = mockClient(ApiGatewayManagementApiClient).on(PostToConnectionCommand).resolves({});
  const order: string[] = [];
  gateway.on(PostToConnectionCommand).callsFake(() => order.push('answered'));
  services.lambda.on(InvokeCommand).callsFake(() => order.push('shown'));
  await sendPoints(await coldStart('series'), 1, 2);
  expect(order).toEqual(['answered', 'shown', 'answered', 'shown']);
  expect(services.lambda.commandCalls(InvokeCommand).map(({ args }) => args[0].input.FunctionName)).toEqual([
    'live-publisher',
    'live-publisher',
  ]);
});

test('a point is taken and answered though it cannot be shown', async () => {
  const services = new MockedServices();
  connected(services, Date.now() + 60_000);
  const gateway = mockClient(ApiGatewayManagementApiClient).on(PostToConnectionCommand).resolves({});
  services.lambda.on(InvokeCommand).rejects(new Error('Lambda is on fire'));
  const deployed = await coldStart('series');
  await sendPoints(deployed, 1);
  expect(gateway.calls()).toHaveLength(1);
  expect(metricsIn(deployed.output)).toMatchObject({ 'Flagstone.PointsNotShown': { value: 1 } });
});
