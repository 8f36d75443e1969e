import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const api = mockClient(ApiGatewayManagementApiClient);
beforeEach(() => api.reset());

function event(routeKey: string, rest: object = {}): object {
  return { requestContext: { routeKey, connectionId: 'c1', connectedAt: 1 }, isBase64Encoded: false, ...rest };
}

const posted = (): unknown[] =>
  api
    .commandCalls(PostToConnectionCommand)
    .map(({ args }) => JSON.parse(args[0].input.Data as unknown as string) as unknown);

test('a client connects and its points are answered on its connection, and counted', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('series');
  const query = { client_id: 'till-7', window: '5' };
  expect(await invoke(event('$connect', { queryStringParameters: query }))).toEqual({ statusCode: 200 });
  const points = [1, 2].map((sequence) => ({ sequence, timestamp: sequence, value: 31.41 }));
  expect(await invoke(event('$default', { body: JSON.stringify({ points, alone: true }) }))).toEqual({
    statusCode: 200,
  });
  expect(posted()).toMatchObject([{ answers: [{ sequence: 1 }, { sequence: 2 }] }]);
  expect(services.tables).toEqual(new Set(['series-table']));
  expect(output.join('\n')).toContain('"Points":2');
  expect(output.join('\n')).not.toMatch(/till-7|31\.41/);
});

test('a sign of life is answered, and neither stored nor counted', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('series');
  await invoke(event('$default', { body: '{"ping":true}' }));
  expect(posted()).toEqual([{ pong: true }]);
  expect(services.dynamo.calls()).toEqual([]);
  expect(output.join('\n')).not.toContain('Points');
});

test('what cannot be stored fails the invocation, and is not answered', async () => {
  const services = new MockedServices();
  services.dynamo.on(PutItemCommand).rejects(new TryLaterError('the table is on fire'));
  const { invoke } = await coldStart('series');
  const query = { client_id: 'till-7', window: '5' };
  await expect(invoke(event('$connect', { queryStringParameters: query }))).rejects.toThrow('the table is on fire');
  expect(posted()).toEqual([]);
});

test('the cold start fails without the table, and names it', async () => {
  await expect(coldStart('series', { without: 'SERIES_TABLE' })).rejects.toThrow(
    'the environment variable SERIES_TABLE is missing',
  );
});
