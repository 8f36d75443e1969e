import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Clock } from '../clock.ts';
import type { SocketDefinition } from '../deploy/definitions.ts';
import { refusalOf } from '../guard.ts';
import type { Invoke, InvocationResult } from '../lambda/invocation.ts';
import { answerConnectionRequest, connectionIdIn } from './connections-endpoint.ts';
import { refuseUpgrade, type UpgradeRefusal } from '../refuse-upgrade.ts';
import { pathOf, sendJson, type Site, type Upgrade } from './front-server.ts';
import { KnownConnections } from './known-connections.ts';
import { OpenSocket, SOCKET_LIMITS } from './open-socket.ts';
import type { Authorization, RequestAuthorizer } from './request-authorizer.ts';
import { SocketEvents, randomId, type ConnectedClient } from './socket-events.ts';

export interface SocketSiteOptions {
  readonly definition: SocketDefinition;
  /** The function of a route; undefined if the API has no such route. */
  readonly functionOf: (routeKey: string) => Invoke | undefined;
  /** Undefined: whoever is on this machine may connect. */
  readonly authorizer?: RequestAuthorizer | undefined;
  readonly clock: Clock;
  /** Where it notes who is connected. */
  readonly folder: string;
}

/** Of a connection that has not been closed properly. */
const CUT_OFF = { code: 1006, reason: '' };
const DEFAULT = '$default';
const ANYBODY: Authorization = { allowed: true, caller: undefined };

/** A WebSocket API under the name of its stage, and beside it what functions reach its connections by. */
export class SocketSite implements Site {
  readonly #options: SocketSiteOptions;
  readonly #events: SocketEvents;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: SOCKET_LIMITS.messageBytes,
    perMessageDeflate: false,
  });
  readonly #known: KnownConnections;
  readonly #open = new Map<string, OpenSocket>();
  readonly #underWay = new Set<Promise<unknown>>();
  #isEnding = false;

  constructor(options: SocketSiteOptions) {
    this.#options = options;
    this.#events = new SocketEvents(options.definition, () => options.clock.now());
    this.#known = new KnownConnections(options.folder);
  }

  get openCount(): number {
    return this.#open.size;
  }

  readonly answer = (request: IncomingMessage, response: ServerResponse): Promise<void> | undefined => {
    const id = connectionIdIn(this.#options.definition.stage, request);
    if (id === undefined) return undefined;
    return this.#answerAbout(id, request, response);
  };

  readonly upgrade = (upgrade: Upgrade): Promise<void> | undefined => {
    if (pathOf(upgrade.request).replace(/\/$/, '') !== `/${this.#options.definition.stage}`) return undefined;
    return this.#connect(upgrade);
  };

  /** To be called before anybody connects: gives what tells the functions of the connections that a crash has cut off. */
  async findCutOff(): Promise<() => void> {
    const clients = await this.#known.leftBehind();
    return () => {
      for (const client of clients) void this.#disconnect(client, CUT_OFF);
    };
  }

  /** Closes all connections, and comes back when everybody has been told. */
  async end(): Promise<void> {
    this.#isEnding = true;
    for (const socket of this.#open.values()) socket.close('server ends');
    while (this.#open.size + this.#underWay.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Functions alone ask of connections: no page, also none of ours. */
  async #answerAbout(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, 'programs');
    if (refusal !== undefined) return sendJson(response, refusal.status, { message: refusal.message });
    return answerConnectionRequest({ request, response, socket: this.#open.get(id) });
  }

  async #connect({ request, socket, head }: Upgrade): Promise<void> {
    if (this.#isEnding) return refuseUpgrade(socket, { status: 503, body: '{"message":"Service Unavailable"}' });
    const arriving = clientOf(request, this.#options.clock.now());
    const authorization = await this.#authorize(arriving, request);
    if (!authorization.allowed) return refuseUpgrade(socket, authorization.refusal);
    const client = { ...arriving, authorizer: authorization.caller };
    await this.#known.add(client);
    const refusal = await this.#refusalOf(client, request);
    if (refusal !== undefined) {
      await this.#known.remove(client);
      return refuseUpgrade(socket, refusal);
    }
    if (socket.destroyed) return this.#disconnect(client, CUT_OFF);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const open = new OpenSocket({
        client,
        webSocket,
        socket,
        clock: this.#options.clock,
        onMessage: (data) => void this.#deliver(open, data),
        onClose: (close) => {
          this.#open.delete(client.id);
          void this.#disconnect(client, close);
        },
      });
      this.#open.set(client.id, open);
    });
  }

  async #disconnect(client: ConnectedClient, close: { readonly code: number; readonly reason: string }): Promise<void> {
    const result = await this.#call('$disconnect', this.#events.disconnect(client, close));
    if (result?.outcome !== 'interrupted') await this.#known.remove(client);
  }

  async #authorize(client: ConnectedClient, request: IncomingMessage): Promise<Authorization> {
    const { authorizer } = this.#options;
    if (authorizer === undefined) return ANYBODY;
    return this.#untilDone(authorizer.decide(request, this.#events.connect(client, request)));
  }

  /** What the function of $connect says, if that is no. */
  async #refusalOf(client: ConnectedClient, request: IncomingMessage): Promise<UpgradeRefusal | undefined> {
    if (this.#options.functionOf('$connect') === undefined) return undefined;
    const result = await this.#call('$connect', this.#events.connect(client, request));
    if (result?.outcome !== 'succeeded') return { status: 502, body: '{"message":"Internal server error"}' };
    const { statusCode = 502, body = '' } = (JSON.parse(result.payload) ?? {}) as {
      statusCode?: number;
      body?: string;
    };
    return statusCode >= 200 && statusCode <= 299 ? undefined : { status: statusCode, body };
  }

  /** Messages do not wait for each other, as little as on AWS. */
  async #deliver(open: OpenSocket, data: { readonly bytes: Buffer; readonly isBinary: boolean }): Promise<void> {
    const event = this.#events.message(open.client, DEFAULT, data);
    const result = await this.#call(DEFAULT, event);
    if (result?.outcome === 'succeeded' || result?.outcome === 'interrupted') return;
    const { connectionId, requestId } = event.requestContext;
    const message = result === undefined ? 'Forbidden' : 'Internal server error';
    await open.send(Buffer.from(JSON.stringify({ message, connectionId, requestId })));
  }

  async #call(routeKey: string, event: object): Promise<InvocationResult | undefined> {
    const invoke = this.#options.functionOf(routeKey);
    if (invoke === undefined) return undefined;
    return this.#untilDone(invoke({ requestId: randomUUID(), payload: JSON.stringify(event) }));
  }

  /** The API does not end before this has. */
  async #untilDone<Result>(call: Promise<Result>): Promise<Result> {
    this.#underWay.add(call);
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
    }
  }
}

function clientOf({ headers, socket }: IncomingMessage, connectedAt: number): ConnectedClient {
  return {
    id: randomId(),
    connectedAt,
    host: headers.host ?? '',
    sourceIp: socket.remoteAddress ?? '',
    userAgent: headers['user-agent'] ?? '',
  };
}
