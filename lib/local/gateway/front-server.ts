import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { guard } from '../guard.ts';
import { refuseUpgrade } from '../refuse-upgrade.ts';
import { closeWhenIdle, isClientGone, listen } from '../services/loopback.ts';

/**
 * Something that is found under the front's address: a WebSocket API, and later an HTTP API or the dashboard's files. The
 * first one that takes a request has it.
 */
export interface Site {
  /** Answers a request; undefined if it is not its own. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined;
  /** Answers the wish for another protocol; undefined likewise. */
  readonly upgrade?: (upgrade: Upgrade) => Promise<void> | undefined;
}

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

export interface FrontServerOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly sites: readonly Site[];
  readonly onFault: (error: unknown) => void;
}

export interface FrontServer {
  /** Such as `http://127.0.0.1:3000`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** The one address of all that API Gateway and CloudFront would serve. @throws ServiceNotStarted */
export async function startFrontServer({ port, sites, onFault }: FrontServerOptions): Promise<FrontServer> {
  const fault = (error: unknown): void => {
    if (!isClientGone(error)) onFault(error);
  };
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    answer(sites, request, response).catch((error: unknown) => {
      fault(error);
      if (!response.headersSent) sendJson(response, 500, { message: 'Internal Server Error' });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', fault);
    upgrade(sites, { request, socket, head }).catch((error: unknown) => {
      fault(error);
      socket.destroy();
    });
  });
  guard(server, 'programs and own pages');
  const endpoint = await listen(server, 'the front', port);
  return { endpoint, close: () => closeWhenIdle(server) };
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The path that a request names, as it was sent: nothing is decoded, and `..` is a name like any other. */
export function pathOf({ url = '' }: Pick<IncomingMessage, 'url'>): string {
  return url.split('?', 1)[0] ?? '';
}

async function answer(sites: readonly Site[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answered = firstOf(sites, (site) => site.answer?.(request, response));
  if (answered === undefined) return sendJson(response, 404, { message: 'Not Found' });
  await answered;
}

async function upgrade(sites: readonly Site[], wish: Upgrade): Promise<void> {
  const upgraded = firstOf(sites, (site) => site.upgrade?.(wish));
  if (upgraded === undefined) return refuseUpgrade(wish.socket, { status: 403, body: '{"message":"Forbidden"}' });
  await upgraded;
}

function firstOf<Result>(sites: readonly Site[], ask: (site: Site) => Result | undefined): Result | undefined {
  for (const site of sites) {
    const result = ask(site);
    if (result !== undefined) return result;
  }
  return undefined;
}
