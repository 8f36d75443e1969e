import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startFrontServer } from '../../../lib/local/gateway/front-server.ts';
import { SocketSite } from '../../../lib/local/gateway/socket-site.ts';
import type { Invocation, InvocationResult } from '../../../lib/local/lambda/invocation.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { HandClock } from './hand-clock.ts';

interface Event {
  readonly requestContext: { readonly routeKey: string; readonly connectionId: string; readonly eventType: string };
  readonly body?: string;
  readonly queryStringParameters?: object;
  readonly isBase64Encoded: boolean;
}

type Answer = (event: Event) => InvocationResult | Promise<InvocationResult>;

const fine: Answer = () => ({ outcome: 'succeeded', payload: '{"statusCode":200}' });

async function site(answer: Answer = fine, clock = new HandClock(), folder?: string) {
  const events: Event[] = [];
  const invoke = async ({ payload }: Invocation): Promise<InvocationResult> => {
    const event = JSON.parse(payload) as Event;
    events.push(event);
    return answer(event);
  };
  const definition = { name: 'api', stage: 'series', routes: {} };
  const socketSite = new SocketSite({
    definition,
    functionOf: () => invoke,
    clock,
    folder: folder ?? (await temporaryFolder()),
  });
  const front = await startFrontServer({ port: 0, sites: [socketSite], onFault: () => undefined });
  onTestFinished(async () => {
    await socketSite.end();
    await front.close();
  });
  const at = (query = ''): string => `${front.endpoint.replace('http', 'ws')}/series${query}`;
  return { events, front, at, socketSite, clock };
}

async function opened(url: string, options: object = {}): Promise<WebSocket & { readonly heard: string[] }> {
  const socket = Object.assign(new WebSocket(url, options), { heard: [] as string[] });
  socket.on('message', (data: Buffer) => socket.heard.push(data.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return socket;
}

/** The status and the body with which a connection is refused. */
async function refusal(url: string, options: object = {}): Promise<readonly [number, string]> {
  const socket = new WebSocket(url, options);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return [response.statusCode ?? 0, body];
}

function ask(url: string, method: string, body?: string): Promise<{ status: number; text: string; type: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, type: response.headers['x-amzn-errortype'] }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('a WebSocket API', () => {
  test('calls its function as API Gateway does', async () => {
    const { events, at } = await site();
    const socket = await opened(at('?client_id=a%20b&window=5'));
    socket.send('hello');
    await vi.waitFor(() => expect(events).toHaveLength(2));
    socket.close(1000, 'done');
    await vi.waitFor(() => expect(events).toHaveLength(3));
    expect(events).toMatchObject([
      {
        queryStringParameters: { client_id: 'a b', window: '5' },
        requestContext: { routeKey: '$connect', eventType: 'CONNECT', stage: 'series', apiId: 'api' },
      },
      { body: 'hello', isBase64Encoded: false, requestContext: { routeKey: '$default', eventType: 'MESSAGE' } },
      { requestContext: { routeKey: '$disconnect', disconnectStatusCode: 1000, disconnectReason: 'done' } },
    ]);
    expect(new Set(events.map(({ requestContext }) => requestContext.connectionId)).size).toBe(1);
  });

  test('refuses whom the function refuses, with its status', async () => {
    const { at } = await site(() => ({ outcome: 'succeeded', payload: '{"statusCode":400,"body":"why"}' }));
    expect(await refusal(at())).toEqual([400, 'why']);
    const failing = await site(() => ({ outcome: 'failed', error: { errorType: 'E', errorMessage: 'm' } }));
    expect((await refusal(failing.at()))[0]).toBe(502);
  });

  test('is found under its stage alone, and by pages from here alone', async () => {
    const { front, at } = await site();
    expect((await refusal(`${front.endpoint.replace('http', 'ws')}/other`))[0]).toBe(403);
    expect((await refusal(at(), { origin: 'https://example.org' }))[0]).toBe(403);
    expect((await opened(at(), { origin: front.endpoint })).readyState).toBe(WebSocket.OPEN);
  });

  test('tells the client when its message could not be dealt with', async () => {
    const { at } = await site((event) =>
      event.requestContext.routeKey === '$default'
        ? { outcome: 'failed', error: { errorType: 'E', errorMessage: 'm' } }
        : { outcome: 'succeeded', payload: '{"statusCode":200}' },
    );
    const socket = await opened(at());
    socket.send('x');
    await vi.waitFor(() => expect(socket.heard).toHaveLength(1));
    expect(JSON.parse(socket.heard[0]!)).toMatchObject({ message: 'Internal server error' });
  });

  test('does not let a message wait for the one before', async () => {
    let release: (() => void) | undefined;
    const { events, at } = await site(async (event) => {
      if (event.body === 'slow') await new Promise<void>((resolve) => (release = resolve));
      return { outcome: 'succeeded', payload: '{"statusCode":200}' };
    });
    const socket = await opened(at());
    socket.send('slow');
    socket.send('fast');
    await vi.waitFor(() => expect(events.map(({ body }) => body)).toEqual([undefined, 'slow', 'fast']));
    release?.();
  });

  test.each([
    ['a frame', (socket: WebSocket) => socket.send('x'.repeat(32 * 1024 + 1))],
    ['a message', (socket: WebSocket) => sendInFrames(socket, 5)],
  ])('closes with 1009 on %s that is too large', async (_, send) => {
    const { at } = await site();
    const socket = await opened(at());
    send(socket);
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });

  test('takes a message of 128 KB in frames of 32 KB', async () => {
    const { events, at } = await site();
    sendInFrames(await opened(at()), 4);
    await vi.waitFor(() => expect(events[1]?.body).toHaveLength(128 * 1024));
  });

  test('closes connections that are idle or old', async () => {
    const clock = new HandClock();
    const { at, events } = await site(fine, clock);
    const socket = await opened(at());
    const busy = await opened(at());
    for (let minutes = 0; minutes < 112; minutes += 8) {
      clock.pass(8 * 60_000);
      busy.send('x');
      await vi.waitFor(() => expect(events.filter(({ body }) => body === 'x')).toHaveLength(minutes / 8 + 1));
    }
    expect(socket.readyState).toBe(WebSocket.CLOSED);
    clock.pass(8 * 60_000);
    expect((await once(busy, 'close'))[0]).toBe(1001);
  });
});

describe('@connections', () => {
  test('sends, tells and closes', async () => {
    const { events, at, front } = await site();
    const socket = await opened(at());
    const url = `${front.endpoint}/series/@connections/${encodeURIComponent(events[0]!.requestContext.connectionId)}`;
    expect((await ask(url, 'POST', 'ü'.repeat(40_000))).status).toBe(200);
    await vi.waitFor(() => expect(socket.heard).toEqual(['ü'.repeat(40_000)]));
    expect(JSON.parse((await ask(url, 'GET')).text)).toMatchObject({ identity: { sourceIp: '127.0.0.1' } });
    expect(await ask(url, 'POST', 'x'.repeat(128 * 1024 + 1))).toMatchObject({
      status: 413,
      type: 'PayloadTooLargeException',
    });
    expect((await ask(url, 'PUT')).status).toBe(403);
    expect((await ask(url, 'DELETE')).status).toBe(204);
    expect((await once(socket, 'close'))[0]).toBe(1000);
    await vi.waitFor(async () =>
      expect(await ask(url, 'POST', 'x')).toMatchObject({ status: 410, type: 'GoneException' }),
    );
  });

  test('other requests find nothing', async () => {
    const { front } = await site();
    expect((await ask(`${front.endpoint}/series`, 'GET')).status).toBe(404);
  });
});

function sendInFrames(socket: WebSocket, frames: number): void {
  for (let frame = 1; frame <= frames; frame++) socket.send('y'.repeat(32 * 1024), { fin: frame === frames });
}

test('connections that a crash has cut off are ended at the next start, and only these', async () => {
  const folder = await temporaryFolder();
  const crashed = await site(fine, new HandClock(), folder);
  const [closed] = [await opened(crashed.at()), await opened(crashed.at())];
  closed.close();
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1));
  await writeFile(path.join(folder, 'half.json'), '{"id":');

  const next = await site(fine, new HandClock(), folder);
  (await next.socketSite.findCutOff())();
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]));
  const [, cutOff] = crashed.events.map(({ requestContext }) => requestContext.connectionId);
  expect(next.events).toMatchObject([{ requestContext: { routeKey: '$disconnect', connectionId: cutOff } }]);
});
