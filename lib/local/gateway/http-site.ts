import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { HttpDefinition } from '../deploy/definitions.ts';
import type { Invoke, InvocationResult } from '../lambda/invocation.ts';
import { pathOf, sendJson, type Site } from './front-server.ts';
import { httpEvent } from './http-events.ts';
import { HttpRoutes, partsOf, type MatchedRoute } from './http-routes.ts';

export interface HttpSiteOptions {
  readonly definition: HttpDefinition;
  readonly functionNamed: (name: string) => Invoke;
  readonly clock: Clock;
}

/** As API Gateway has them. */
const LARGEST_BODY = 10 * 1024 * 1024;
const LONGEST_MS = 30_000;

/** What a function answers, in the payload format 2.0. */
interface FunctionResponse {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** An HTTP API: what its routes begin with is its own, as it is behind CloudFront. */
export class HttpSite implements Site {
  readonly #options: HttpSiteOptions;
  readonly #routes: HttpRoutes;

  constructor(options: HttpSiteOptions) {
    this.#options = options;
    this.#routes = new HttpRoutes(options.definition);
  }

  readonly answer = (request: IncomingMessage, response: ServerResponse): Promise<void> | undefined => {
    const path = pathOf(request);
    return this.#routes.beginnings.has(partsOf(path)[0] ?? '') ? this.#answer(request, response) : undefined;
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === undefined) return sendJson(response, 413, { message: 'Request Entity Too Large' });
    const route = this.#find(request);
    if (route === 'undecodable') return sendJson(response, 400, { message: 'Bad Request' });
    if (route === undefined) return sendJson(response, 404, { message: 'Not Found' });
    const { clock, definition, functionNamed } = this.#options;
    const event = httpEvent({ request, route, body, now: clock.now(), api: definition.name });
    const { requestId } = event.requestContext;
    const answered = new AbortController();
    const call = functionNamed(route.functionName)({ requestId, payload: JSON.stringify(event) });
    const tooLate = clock.sleep(LONGEST_MS, answered.signal).then(() => undefined);
    const result = await Promise.race([call, tooLate]);
    answered.abort();
    response.setHeader('apigw-requestid', requestId);
    passOn(result, response);
  }

  #find(request: IncomingMessage): MatchedRoute | 'undecodable' | undefined {
    try {
      return this.#routes.find(request.method ?? '', pathOf(request));
    } catch (error) {
      if (error instanceof URIError) return 'undecodable';
      throw error;
    }
  }
}

/** Nothing: the function took too long. */
function passOn(result: InvocationResult | undefined, response: ServerResponse): void {
  if (result === undefined || result.outcome === 'interrupted' || result.outcome === 'throttled') {
    return sendJson(response, 503, { message: 'Service Unavailable' });
  }
  if (result.outcome === 'failed') return sendJson(response, 500, { message: 'Internal Server Error' });
  const answer = JSON.parse(result.payload) as FunctionResponse | null;
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = answer ?? {};
  if (statusCode === undefined) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(result.payload);
    return;
  }
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const standard = { 'content-type': 'text/plain; charset=utf-8', 'content-length': String(bytes.length) };
  response.writeHead(statusCode, { ...standard, ...lowerCased(headers) }).end(bytes);
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Undefined for one that is too large; it is read to its end all the same, so that the answer arrives. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size > LARGEST_BODY ? undefined : Buffer.concat(chunks);
}
