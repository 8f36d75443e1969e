import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFrontServer } from '../../../lib/local/gateway/front-server.ts';
import { HttpSite } from '../../../lib/local/gateway/http-site.ts';
import type { Invocation, InvocationResult } from '../../../lib/local/lambda/invocation.ts';
import { HandClock } from './hand-clock.ts';

interface HttpEvent {
  readonly routeKey: string;
  readonly pathParameters?: object;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface AskOptions extends RequestOptions {
  readonly content?: string | Buffer;
}

const ROUTES = {
  'GET /api/users': 'list',
  'GET /api/users/{id}': 'user',
  'GET /api/users/all': 'all',
  'ANY /api/anything': 'anything',
};

function succeeded(response: unknown): InvocationResult {
  return { outcome: 'succeeded', payload: JSON.stringify(response) };
}

async function site(
  answer: () => InvocationResult | Promise<InvocationResult> = () => succeeded({ statusCode: 200, body: 'fine' }),
  routes: Readonly<Record<string, string>> = ROUTES,
) {
  const events: HttpEvent[] = [];
  const called: string[] = [];
  const clock = new HandClock();
  const functionNamed =
    (name: string) =>
    async ({ payload }: Invocation): Promise<InvocationResult> => {
      called.push(name);
      events.push(JSON.parse(payload) as HttpEvent);
      return answer();
    };
  const httpSite = new HttpSite({ definition: { name: 'api-1', routes }, functionNamed, clock });
  const front = await startFrontServer({ port: 0, sites: [httpSite], onFault: () => undefined });
  onTestFinished(() => front.close());
  const ask = (path: string, { content, ...options }: AskOptions = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(`${front.endpoint}${path}`, { path, ...options }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.once('error', reject);
      sent.end(content);
    });
  return { ask, events, called, clock };
}

describe('an HTTP API', () => {
  test('calls its function as API Gateway does', async () => {
    const { ask, events } = await site();
    await ask('/api/users/a%20b%2Fc?x=1&x=2&y=%C3%A4', { headers: { cookie: 'k=v; l=w', 'X-Mixed': 'Case' } });
    expect(events).toEqual([
      {
        version: '2.0',
        routeKey: 'GET /api/users/{id}',
        rawPath: '/api/users/a b/c',
        rawQueryString: 'x=1&x=2&y=%C3%A4',
        cookies: ['k=v', 'l=w'],
        headers: expect.objectContaining({ 'x-mixed': 'Case', 'x-forwarded-for': '127.0.0.1' }) as object,
        queryStringParameters: { x: '1,2', y: 'ä' },
        pathParameters: { id: 'a b/c' },
        requestContext: expect.objectContaining({
          apiId: 'api-1',
          stage: '$default',
          routeKey: 'GET /api/users/{id}',
          http: expect.objectContaining({ method: 'GET', path: '/api/users/a b/c', sourceIp: '127.0.0.1' }) as object,
          requestId: expect.any(String) as string,
        }) as object,
        isBase64Encoded: false,
      },
    ]);
  });

  test('gives what is sent as it is, or in base64 where it is no text', async () => {
    const { ask, events } = await site();
    const post = { method: 'POST', content: '{"a":1}' };
    await ask('/api/anything', { ...post, headers: { 'content-type': 'application/json' } });
    await ask('/api/anything', { ...post, headers: { 'content-type': 'image/png' } });
    expect(events).toMatchObject([
      { body: '{"a":1}', isBase64Encoded: false },
      { body: Buffer.from('{"a":1}').toString('base64'), isBase64Encoded: true },
    ]);
  });

  test.each([
    ['GET', '/api/users', 'list'],
    ['GET', '/api/users/7', 'user'],
    ['GET', '/api/users/all', 'all'],
    ['PUT', '/api/anything', 'anything'],
  ])('leads %s %s to its route', async (method, path, name) => {
    const { ask, called } = await site();
    expect((await ask(path, { method })).status).toBe(200);
    expect(called).toEqual([name]);
  });

  test.each([
    ['POST', '/api/users'],
    ['GET', '/api/users/'],
    ['GET', '/api/users/7/more'],
  ])('has no route for %s %s, unless it has one for all the rest', async (method, path) => {
    const { ask } = await site();
    const { status, body } = await ask(path, { method });
    expect([status, body.toString()]).toEqual([404, '{"message":"Not Found"}']);
    const { ask: askOther, events } = await site(undefined, { ...ROUTES, $default: 'rest' });
    expect((await askOther(path, { method })).status).toBe(200);
    expect(events[0]).toMatchObject({ routeKey: '$default', rawPath: path });
    expect(events[0]).not.toHaveProperty('pathParameters');
  });

  test('leaves to others what its paths do not begin with', async () => {
    const { ask, called } = await site(undefined, { ...ROUTES, $default: 'rest' });
    expect((await ask('/apis')).status).toBe(404);
    expect((await ask('/')).status).toBe(404);
    expect(called).toEqual([]);
  });

  test('passes on what the function answers', async () => {
    const zipped = gzipSync('some text').toString('base64');
    const headers = { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' };
    const { ask } = await site(() =>
      succeeded({ statusCode: 201, headers, cookies: ['a=1', 'b=2'], body: zipped, isBase64Encoded: true }),
    );
    const answer = await ask('/api/users');
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/json',
      'content-length': String(gzipSync('some text').length),
      'set-cookie': ['a=1', 'b=2'],
      'apigw-requestid': expect.any(String) as string,
    });
    expect(answer.body).toEqual(gzipSync('some text'));
  });

  test('takes an answer without a status for the body', async () => {
    const { ask } = await site(() => succeeded({ some: 'thing' }));
    const { status, body } = await ask('/api/users');
    expect([status, body.toString()]).toEqual([200, '{"some":"thing"}']);
  });

  test.each([
    ['failed', { outcome: 'failed', error: { errorType: 'Error', errorMessage: 'secret' } }, 500],
    ['throttled', { outcome: 'throttled' }, 503],
    ['interrupted', { outcome: 'interrupted' }, 503],
  ] as const)('tells nothing of a function that %s', async (_, result, expected) => {
    const { ask } = await site(() => result);
    const { status, body } = await ask('/api/users');
    expect(status).toBe(expected);
    expect(body.toString()).not.toContain('secret');
  });

  test('waits 30 seconds for a function, and no longer', async () => {
    const { ask, clock, called } = await site(() => new Promise(() => undefined));
    const asked = ask('/api/users');
    await expect.poll(() => called.length).toBe(1);
    clock.pass(30_000);
    const { status, body } = await asked;
    expect([status, body.toString()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test('refuses bodies above 10 MB, paths that are no text, and pages of others', async () => {
    const { ask, called } = await site();
    const large = await ask('/api/anything', { method: 'POST', content: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect([large.status, large.body.toString()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect((await ask('/api/users/%ff')).status).toBe(400);
    expect((await ask('/api/users', { headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await ask('/api/users', { headers: { host: 'evil.example' } })).status).toBe(421);
    expect(called).toEqual([]);
  });
});
