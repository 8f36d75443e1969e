import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startFrontServer } from '../../../lib/local/gateway/front-server.ts';
import { RequestAuthorizer } from '../../../lib/local/gateway/request-authorizer.ts';
import { SocketSite } from '../../../lib/local/gateway/socket-site.ts';
import type { Invocation, InvocationResult } from '../../../lib/local/lambda/invocation.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { HandClock } from './hand-clock.ts';

interface AskedEvent {
  readonly type: string;
  readonly methodArn: string;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
}

interface RouteEvent {
  readonly requestContext: { readonly routeKey: string; readonly authorizer?: object };
}

const API = { name: 'api', stage: 'live' };
const ARN = 'arn:aws:execute-api:us-east-1:000000000000:api/live/$connect';
const SOURCES = [
  { place: 'querystring', name: 'ticket' },
  { place: 'header', name: 'X-Key' },
] as const;
const HEADERS = { headers: { 'x-key': 'k' } };

function policy(Effect: string): object {
  return { Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: ARN }] };
}

function answering(answer: unknown): () => InvocationResult {
  return () => ({ outcome: 'succeeded', payload: JSON.stringify(answer) });
}

function failing(errorMessage: string): () => InvocationResult {
  return () => ({ outcome: 'failed', error: { errorType: 'Error', errorMessage } });
}

/** A site whose authorizer answers so, and what it and the routes' functions were called with. */
async function siteWith(answer: (event: AskedEvent) => InvocationResult) {
  const asked: AskedEvent[] = [];
  const called: RouteEvent[] = [];
  const invoke = async ({ payload }: Invocation): Promise<InvocationResult> => {
    const event = JSON.parse(payload) as AskedEvent;
    asked.push(event);
    return answer(event);
  };
  const authorizer = new RequestAuthorizer({
    definition: { functionName: 'authorizer', identitySources: SOURCES },
    api: API,
    invoke,
  });
  const route = async ({ payload }: Invocation): Promise<InvocationResult> => {
    called.push(JSON.parse(payload) as RouteEvent);
    return { outcome: 'succeeded', payload: '{"statusCode":200}' };
  };
  const site = new SocketSite({
    definition: { ...API, routes: {} },
    functionOf: () => route,
    authorizer,
    clock: new HandClock(),
    folder: await temporaryFolder(),
  });
  const front = await startFrontServer({ port: 0, sites: [site], onFault: () => undefined });
  onTestFinished(async () => {
    await site.end();
    await front.close();
  });
  return { asked, called, at: (query: string) => `${front.endpoint.replace('http', 'ws')}/live${query}` };
}

async function refusal(url: string, options: object): Promise<readonly [number, unknown]> {
  const socket = new WebSocket(url, options);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return [response.statusCode ?? 0, JSON.parse(body)];
}

describe('a WebSocket API with an authorizer', () => {
  test('asks it as API Gateway does, and tells the routes what it said', async () => {
    const context = { tier: 'gold' };
    const allow = answering({ principalId: 'ann', policyDocument: policy('Allow'), context });
    const { asked, called, at } = await siteWith(allow);
    const socket = new WebSocket(at('?ticket=t%201'), HEADERS);
    await once(socket, 'open');
    socket.send('hello');
    await vi.waitFor(() => expect(called).toHaveLength(2));
    socket.close();
    await vi.waitFor(() => expect(called).toHaveLength(3));
    expect(asked).toMatchObject([
      { type: 'REQUEST', methodArn: ARN, queryStringParameters: { ticket: 't 1' }, headers: { 'x-key': 'k' } },
    ]);
    const authorizer = { principalId: 'ann', tier: 'gold' };
    expect(called).toMatchObject(
      ['$connect', '$default', '$disconnect'].map((routeKey) => ({ requestContext: { routeKey, authorizer } })),
    );
  });

  test.each([
    ['', HEADERS],
    ['?ticket=', HEADERS],
    ['?other=t', HEADERS],
    ['?ticket=t', {}],
  ])('answers 401 to what lacks its identity (%j with %j), and asks nobody', async (query, options) => {
    const { asked, called, at } = await siteWith(answering({ principalId: 'ann', policyDocument: policy('Allow') }));
    expect(await refusal(at(query), options)).toEqual([401, { message: 'Unauthorized' }]);
    expect([asked, called]).toEqual([[], []]);
  });

  test.each([
    ['is denied', answering({ principalId: 'ann', policyDocument: policy('Deny') }), 403],
    ['is allowed nothing', answering({ principalId: 'ann', policyDocument: { Statement: [] } }), 403],
    ['is unknown', failing('Unauthorized'), 401],
    ['is asked about in vain', failing('the table is on fire'), 500],
    ['is told nothing of', answering(null), 500],
    ['has no name', answering({ policyDocument: policy('Allow') }), 500],
    ['has no policy', answering({ principalId: 'ann' }), 500],
    ['comes too often', (): InvocationResult => ({ outcome: 'throttled' }), 500],
  ])('refuses who %s, and calls no function for them', async (_, answer, status) => {
    const { asked, called, at } = await siteWith(answer);
    const [given, body] = await refusal(at('?ticket=t'), HEADERS);
    expect(given).toBe(status);
    expect(body).toEqual({ message: expect.any(String) as string });
    expect(asked).toHaveLength(1);
    expect(called).toEqual([]);
  });
});
