import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ACCOUNT } from '../deploy/account.ts';
import type { MatchedRoute } from './http-routes.ts';
import { logTime } from './socket-events.ts';

export interface HttpRequest {
  readonly request: IncomingMessage;
  readonly route: MatchedRoute;
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The API's id. */
  readonly api: string;
}

const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|x-www-form-urlencoded|[\w.+-]+\+(?:json|xml)))/i;

/** The event that an HTTP API gives its function, in the payload format 2.0. */
export function httpEvent({ request, route, body, now, api }: HttpRequest): {
  readonly requestContext: { requestId: string };
} {
  const [rawPath, rawQueryString] = splitOnce(request.url ?? '');
  const { cookie, ...headers } = joined(request.headers);
  const query = queryOf(rawQueryString);
  const isBase64Encoded = body.length > 0 && !TEXT.test(headers['content-type'] ?? 'text/plain');
  const path = decodeURIComponent(rawPath);
  const { remoteAddress: sourceIp = '' } = request.socket;
  const requestId = randomUUID();
  const event = {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: { ...headers, 'x-forwarded-for': sourceIp, 'x-forwarded-proto': 'http' },
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(route.parameters).length > 0 && { pathParameters: route.parameters }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: api,
      domainName: headers['host'] ?? '',
      domainPrefix: api,
      http: {
        method: request.method ?? '',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.key,
      stage: '$default',
      time: logTime(new Date(now)),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
  return event;
}

/** Of several headers or parameters of a name, API Gateway makes one, with commas. */
function joined(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(',')]));
}

function queryOf(text: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(query);
}

function splitOnce(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
