import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SocketDefinition } from '../deploy/definitions.ts';

/** A WebSocket as API Gateway knows it. */
export interface ConnectedClient {
  readonly id: string;
  readonly connectedAt: number;
  readonly host: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** What an authorizer has said of it. */
  readonly authorizer?: Readonly<Record<string, unknown>> | undefined;
}

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

interface RequestContext {
  readonly routeKey: string;
  readonly eventType: EventType;
  readonly requestId: string;
  readonly connectionId: string;
}

/** The events that a WebSocket API gives its functions. */
export class SocketEvents {
  readonly #definition: Pick<SocketDefinition, 'name' | 'stage'>;
  readonly #now: () => number;

  constructor(definition: Pick<SocketDefinition, 'name' | 'stage'>, now: () => number) {
    this.#definition = definition;
    this.#now = now;
  }

  connect(client: ConnectedClient, { headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): object {
    const query = Array.from(new URLSearchParams(url.split('?').slice(1).join('?')));
    const lists = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat()] as const);
    return {
      headers: Object.fromEntries(lists.map(([name, values]) => [name, values.at(-1)])),
      multiValueHeaders: Object.fromEntries(lists),
      ...(query.length > 0 && {
        queryStringParameters: Object.fromEntries(query),
        multiValueQueryStringParameters: grouped(query),
      }),
      requestContext: this.#context(client, '$connect', 'CONNECT'),
      isBase64Encoded: false,
    };
  }

  message(
    client: ConnectedClient,
    routeKey: string,
    data: { readonly bytes: Buffer; readonly isBinary: boolean },
  ): {
    readonly requestContext: RequestContext;
    readonly body: string;
    readonly isBase64Encoded: boolean;
  } {
    const { bytes, isBinary } = data;
    return {
      requestContext: Object.assign(this.#context(client, routeKey, 'MESSAGE'), { messageId: randomId() }),
      body: bytes.toString(isBinary ? 'base64' : 'utf8'),
      isBase64Encoded: isBinary,
    };
  }

  disconnect(client: ConnectedClient, close: { readonly code: number; readonly reason: string }): object {
    const headers = { Host: client.host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
    return {
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      requestContext: {
        ...this.#context(client, '$disconnect', 'DISCONNECT'),
        disconnectStatusCode: close.code,
        disconnectReason: close.reason,
      },
      isBase64Encoded: false,
    };
  }

  #context(client: ConnectedClient, routeKey: string, eventType: EventType): RequestContext {
    const now = this.#now();
    const { name: apiId, stage } = this.#definition;
    const { id: connectionId, connectedAt, host: domainName, sourceIp, userAgent, authorizer } = client;
    const context = {
      routeKey,
      eventType,
      extendedRequestId: randomId(),
      requestTime: logTime(new Date(now)),
      messageDirection: 'IN',
      stage,
      connectedAt,
      requestTimeEpoch: now,
      identity: { sourceIp, userAgent },
      ...(authorizer !== undefined && { authorizer }),
      requestId: randomId(),
      domainName,
      connectionId,
      apiId,
    };
    return context;
  }
}

/** Such as `L0SM9cOFvHcCIhw=`. */
export function randomId(): string {
  return randomBytes(11).toString('base64url').concat('=');
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

/** `21/Nov/2026:15:00:00 +0000`. */
export function logTime(time: Date): string {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}
