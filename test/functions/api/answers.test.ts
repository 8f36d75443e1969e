import * as z from 'zod/mini';
import { beforeAll, describe, expect, test } from 'vitest';
import { problem } from '../../../lib/core/api/openapi.ts';
import { methodOf } from '../../../lib/core/api/paths.ts';
import { ROUTES, type RouteName } from '../../../lib/core/api/routes.ts';
import { NOON } from '../../core/transactions-cloud/sample-transactions.ts';
import { openApi, type TestedApi } from './api-setup.ts';
import { filledStores } from './filled-stores.ts';

let api: TestedApi;

beforeAll(async () => {
  const { stores } = await filledStores();
  api = openApi(stores, () => NOON + 1000);
});

/** Paths of each route, with what is there. */
const PATHS = {
  transactions: ['/api/transactions', '/api/transactions?limit=3&sort=-amount', '/api/transactions?user=nobody'],
  anomalies: ['/api/anomalies', '/api/anomalies?severity=low'],
  stats: ['/api/stats'],
  user: ['/api/users/user-3'],
  flaggedPurchases: ['/api/flagged-purchases', '/api/flagged-purchases?network=club&limit=2'],
  flaggedPurchase: ['/api/networks/shop/flagged-purchases/1/0'],
  networks: ['/api/networks'],
  neighbourhood: ['/api/networks/shop/users/ann'],
  clients: ['/api/clients', '/api/clients?active=false'],
  client: ['/api/clients/meter', '/api/clients/pump?limit=2'],
  liveTicket: ['/api/live-tickets'],
} as const satisfies Readonly<Record<RouteName, readonly string[]>>;

describe.each(Object.entries(PATHS) as [RouteName, readonly string[]][])('the route %s', (name, paths) => {
  const method = methodOf(name);

  test.each(paths)('%s answers what the document promises, and nothing else', async (path) => {
    const { status, body, headers } = await api.ask(path, { method });
    expect(status).toBe(method === 'GET' ? 200 : 201);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(z.parse(ROUTES[name].answer, body)).toEqual(body);
  });

  test('has an example that is not empty', async () => {
    const { body } = await api.ask(paths[0]!, { method });
    const { items = [body] } = body as { readonly items?: readonly unknown[] };
    expect(items.length).toBeGreaterThan(0);
  });
});

describe('the document', () => {
  test('lists each route with its parameters, and is kept for a while', async () => {
    const { status, body, headers } = await api.ask('/api/openapi.json');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=300']);
    for (const [name, { path, pathParameters, query }] of Object.entries(ROUTES)) {
      const method = methodOf(name as RouteName) === 'GET' ? 'get' : 'post';
      const names = body.paths[path]?.[method].parameters.map((parameter) => parameter.name);
      expect(names).toEqual([...Object.keys(pathParameters.shape), ...Object.keys(query.shape)]);
    }
  });

  test('promises the statuses that there are', async () => {
    const { body } = await api.ask('/api/openapi.json');
    const failures = ['400', '401', '403', '404', '405', '413', '429', '500'];
    expect(Object.keys(body.paths['/api/stats']!.get.responses)).toEqual(['200', ...failures]);
    expect(Object.keys(body.paths['/api/live-tickets']!.post.responses)).toEqual(['201', ...failures]);
  });
});

describe('a request that cannot be answered', () => {
  test.each([
    ['GET', '/api/transactions?limit=0', 400],
    ['GET', '/api/transactions?cursor=abc', 400],
    ['GET', '/api/flagged-purchases?cursor=abc', 400],
    ['GET', '/api/flagged-purchases?network=a%20b', 400],
    ['GET', '/api/clients/meter?cursor=abc', 400],
    ['GET', '/api/networks/shop/flagged-purchases/one/0', 400],
    ['GET', '/api/users/nobody', 404],
    ['GET', '/api/clients/nobody', 404],
    ['GET', '/api/networks/shop/flagged-purchases/1/999', 404],
    ['GET', '/api/networks/a%20b/flagged-purchases/1/0', 404],
    ['GET', '/api/networks/shop/users/nobody', 404],
    ['GET', '/api/networks/nowhere/users/ann', 404],
    ['GET', '/api/networks/a%20b/users/ann', 404],
    ['GET', '/api/nothing', 404],
    ['GET', '/api/openapi-json', 404],
    ['GET', '/api/users/', 404],
    ['POST', '/api/nothing', 404],
    ['POST', '/api/stats', 405],
    ['HEAD', '/api/users/ann', 405],
    ['DELETE', '/api/openapi.json', 405],
    ['POST', '/api/live-tickets?seconds=1000', 400],
  ])('%s %s gets %i and a problem', async (method, path, status) => {
    const { body, ...answer } = await api.ask(path, { method });
    expect(answer.status).toBe(status);
    expect(z.parse(problem, body)).toEqual(body);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', ...(status === 405 && { allow: 'GET' }) });
  });

  test('by GET, where the path takes POST, is told so', async () => {
    const { status, headers, body } = await api.ask('/api/live-tickets');
    expect([status, headers['allow']]).toEqual([405, 'POST']);
    expect(body.error.message).toBe('this path takes POST alone (given GET)');
  });

  test('names each parameter that is wrong', async () => {
    const { body } = await api.ask('/api/clients/meter?limit=0&aftr=3');
    expect(body.error.fields).toEqual({
      limit: 'must be an integer from 1 to 5000 (given "0")',
      aftr: 'there is no parameter "aftr" (did you mean after?)',
    });
  });

  test('gets 413 with a large body', async () => {
    const { status } = await api.ask('/api/stats', { requestBody: 'x'.repeat(2000) });
    expect(status).toBe(413);
  });

  test('gets nothing of what went wrong on our side but where to look for it', async () => {
    const { stores } = await filledStores();
    const users = { ...stores.users, readUsers: async () => Promise.reject(new Error('secret of user-3')) };
    const broken = openApi({ ...stores, users }, () => NOON);
    const { status, body } = await broken.ask('/api/users/user-3');
    expect([status, body]).toEqual([
      500,
      { error: { message: 'something failed on our side; our log has more of it under request-1' } },
    ]);
    expect(broken.failures).toEqual([new Error('secret of user-3')]);
    expect(broken.answered).toEqual([{ route: 'GET /api/users/{id}', status: 500 }]);
  });
});

describe('a large answer', () => {
  test.each([
    ['gzip, br', 'gzip'],
    ['br;q=1.0, GZIP;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
  ])('to who accepts %s is encoded as %s', async (accepted, encoding) => {
    const { headers } = await api.ask('/api/transactions', { headers: { 'accept-encoding': accepted } });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['vary']).toBe('accept-encoding');
  });

  test('is not zipped where it is small', async () => {
    const { headers } = await api.ask('/api/networks', { headers: { 'accept-encoding': 'gzip' } });
    expect(headers['content-encoding']).toBeUndefined();
  });
});
