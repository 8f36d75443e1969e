import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, test, vi } from 'vitest';
import { TryLaterError } from '../../../lib/adapters/state/backoff.ts';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

function requestOf(routeKey: string, pathParameters = {}): object {
  return {
    version: '2.0',
    routeKey,
    rawPath: routeKey.split(' ')[1],
    rawQueryString: '',
    headers: {},
    pathParameters,
    requestContext: { requestId: 'request-7', http: { method: 'GET' } },
    isBase64Encoded: false,
  };
}

test('a request is answered with headers that keep browsers careful', async () => {
  const services = new MockedServices();
  const { invoke, output } = await coldStart('api');
  const response = (await invoke(requestOf('GET /api/stats'))) as { body: string };
  expect(response).toMatchObject({
    statusCode: 200,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Strict-Transport-Security': expect.stringContaining('max-age=') as string,
    },
  });
  expect(JSON.parse(response.body)).toMatchObject({ events: 0, networks: 0, detector: 'enhanced', minutes: [] });
  expect(services.tables).toEqual(new Set(['state-table', 'series-table']));
  const [logged] = output.map((line) => JSON.parse(line) as object);
  expect(logged).toMatchObject({ message: 'answered', route: 'GET /api/stats', status: 200, request: 'request-7' });
});

test('where requests have to come through CloudFront, others are refused before anything is read', async () => {
  vi.stubEnv('ORIGIN_SECRETS', 'new old');
  const services = new MockedServices();
  const { invoke, output } = await coldStart('api');
  const statuses = [];
  for (const headers of [{}, { 'x-flagstone-origin': 'other' }, { 'x-flagstone-origin': 'old' }]) {
    const request = { ...requestOf('GET /api/stats'), headers };
    statuses.push(((await invoke(request)) as { readonly statusCode: number }).statusCode);
    expect(services.tables.size > 0).toBe(statuses.at(-1) === 200);
  }
  expect(statuses).toEqual([403, 403, 200]);
  expect(output.join('\n')).not.toMatch(/"(?:new|old|other)"/);
});

test('what fails is logged with its request, and neither the log nor the answer names a user', async () => {
  const services = new MockedServices();
  services.dynamo.on(QueryCommand).rejects(new TryLaterError('the table is on fire'));
  services.dynamo.on(GetItemCommand).rejects(new TryLaterError('the table is on fire'));
  const { invoke, output } = await coldStart('api');
  const route = 'GET /api/networks/{network}/users/{id}';
  const response = (await invoke(requestOf(route, { network: 'shop', id: 'customer-9' }))) as { body: string };
  expect(response).toMatchObject({ statusCode: 500 });
  expect(response.body).not.toMatch(/fire|customer/);
  const logged = output.map((line) => JSON.parse(line) as object);
  expect(logged).toContainEqual(
    expect.objectContaining({
      message: 'not answered',
      request: 'request-7',
      error: expect.objectContaining({ message: 'the table is on fire' }) as object,
    }),
  );
  expect(output.join('\n')).not.toContain('customer-9');
});

test('without a setting it does not start', async () => {
  await expect(coldStart('api', { without: 'SERIES_TABLE' })).rejects.toThrow(
    'the environment variable SERIES_TABLE is missing',
  );
});
