import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from './refuse-upgrade.ts';

/**
 * What keeps other people's web pages away from the servers of this machine, which ask nobody for a password. A browser sends
 * whatever a page wants to whatever address it wants: to ours directly, or under a name of the page's own that it has let
 * lead here (DNS rebinding). But it says whose page it is, and which name it has used; and neither can a page change.
 */

/** Who means this server: programs alone, or also the pages that it serves itself. */
export type Callers = 'programs' | 'programs and own pages';

export interface Refusal {
  readonly status: 400 | 403 | 421;
  readonly message: string;
}

type AnyRequest = IncomingMessage | Http2ServerRequest;
type AnyResponse = ServerResponse | Http2ServerResponse;
type Asked = Pick<AnyRequest, 'headers' | 'method' | 'rawHeaders' | 'url'> & {
  readonly socket: Pick<AnyRequest['socket'], 'localPort'>;
};

const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const HTTP_PORT = 80;
/** A page that was opened by its address says none; what it then asks of the server that it is from, same-origin. */
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'none', 'same-origin']);
const LONGEST_QUOTE = 100;

/** Puts the guard in front of all that a server answers by now. */
export function guard(server: EventEmitter, callers: Callers): void {
  const onRequest = takeListeners(server, 'request');
  server.on('request', (request: AnyRequest, response: AnyResponse) => {
    const refusal = refusalOf(request, callers);
    if (refusal === undefined) onRequest(request, response);
    else answerRefused(response, refusal);
  });
  // Without a listener, the wish for another protocol is a request like any other.
  if (server.listenerCount('upgrade') === 0) return;
  const onUpgrade = takeListeners(server, 'upgrade');
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request, callers);
    if (refusal === undefined) onUpgrade(request, socket, head);
    else refuseUpgrade(socket, { status: refusal.status, body: bodyOf(refusal) });
  });
}

/** Why a request is not answered; undefined if it is. */
export function refusalOf(request: Asked, callers: Callers): Refusal | undefined {
  return refusalOfHost(request) ?? (callers === 'programs' ? refusalOfPages(request) : refusalOfOtherPages(request));
}

function refusalOfHost({ headers, rawHeaders, socket, url = '' }: Asked): Refusal | undefined {
  const names = rawHeaders.filter((name, index) => index % 2 === 0 && /^(?:host|:authority)$/i.test(name));
  const asked = [headers[':authority'], headers.host].filter((name) => name !== undefined);
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length || asked.length === 0) {
    return { status: 400, message: `a request must name the host once (given ${names.length} times)` };
  }
  const own = ownHosts(socket.localPort);
  const other = asked.find((name) => !own.includes(String(name).toLowerCase()));
  if (other !== undefined) {
    return { status: 421, message: `this server is ${own.join(', ')} and nobody else (asked for ${quote(other)})` };
  }
  // A proxy would be asked so, and the host in the address would count, not the header's.
  if (url.startsWith('/') || url === '*') return undefined;
  return { status: 421, message: `an address must begin with / (given ${quote(url)}): this server is no proxy` };
}

function refusalOfPages({ headers }: Asked): Refusal | undefined {
  if (headers.origin === undefined && headers['sec-fetch-site'] === undefined) return undefined;
  return { status: 403, message: 'this server answers programs, and no web pages' };
}

function refusalOfOtherPages(request: Asked): Refusal | undefined {
  const { headers, socket } = request;
  const own = ownHosts(socket.localPort).map((host) => `http://${host}`);
  if (headers.origin !== undefined && !own.includes(headers.origin)) {
    return { status: 403, message: `web pages of ${quote(headers.origin)} are not answered, only the server's own` };
  }
  if (OWN_SITES.has(headers['sec-fetch-site']) || isLink(request)) return undefined;
  return { status: 403, message: "web pages of other sites are not answered, only the server's own" };
}

/** Whoever follows a link from elsewhere comes to see the page: the other page sees nothing of it, and it changes nothing. */
function isLink({ headers, method }: Asked): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function ownHosts(port: number | undefined): string[] {
  const hosts = OWN_NAMES.map((name) => `${name}:${port}`);
  return port === HTTP_PORT ? [...hosts, ...OWN_NAMES] : hosts;
}

/** What the listeners of an event have done so far; none of them listens any more. */
function takeListeners(server: EventEmitter, event: string): (...args: readonly unknown[]) => void {
  const listeners = server.listeners(event);
  server.removeAllListeners(event);
  return (...args) => {
    for (const listener of listeners) Reflect.apply(listener, server, args);
  };
}

function answerRefused(response: AnyResponse, refusal: Refusal): void {
  const body = bodyOf(refusal);
  response.statusCode = refusal.status;
  response.setHeader('content-type', 'application/json');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

function bodyOf({ message }: Refusal): string {
  return JSON.stringify({ message });
}

function quote(given: unknown): string {
  return JSON.stringify(String(given).slice(0, LONGEST_QUOTE));
}
