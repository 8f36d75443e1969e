import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { openApiDocument, SUCCESSES } from '../../lib/core/api/openapi.ts';
import { methodOf, OPENAPI_PATH, ROUTE_KEYS } from '../../lib/core/api/paths.ts';
import { readParameters } from '../../lib/core/api/read-parameters.ts';
import { ROUTES, type Route, type RouteName } from '../../lib/core/api/routes.ts';
import type { OriginCheck } from '../../lib/adapters/origin-check.ts';
import type { Answerers, Parameters } from './answerers.ts';
import { problemOf } from './problem-of.ts';
import { NotThere, PassedBy, TooLarge, WrongMethod, WrongParameters } from './refusals.ts';
import { respond, type Reply } from './respond.ts';

export interface ApiOptions {
  readonly answerers: Answerers;
  /** Of the API, for its document. */
  readonly version: string;
  /** Whether a request has come the way it has to. */
  readonly isFromFront: OriginCheck;
  readonly onAnswered: (answered: Answered) => void;
  readonly onFailed: (route: string, error: unknown) => void;
}

interface Answered {
  /** As in the table: what a path is filled with can name a user. */
  readonly route: string;
  readonly status: number;
}

/** Nobody need send more to an API that only answers. */
const LARGEST_BODY = 1_024;
const DATA = { 'cache-control': 'no-store' } as const;
const DOCUMENT = { 'cache-control': 'public, max-age=300' } as const;
const OPENAPI_ROUTE = `GET ${OPENAPI_PATH}`;

const NAMES: ReadonlyMap<string, RouteName> = new Map(
  (Object.keys(ROUTES) as RouteName[]).map((name) => [`${methodOf(name)} ${ROUTES[name].path}`, name]),
);
const PATTERNS = ROUTE_KEYS.map((key) => {
  const [method = '', path = ''] = key.split(' ');
  const pattern = new RegExp(`^${path.replace('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return { method, pattern };
});

/** Answers what API Gateway was asked. */
export class Api {
  readonly #options: ApiOptions;
  readonly #document: object;

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#document = openApiDocument(options.version);
  }

  /** Never throws: what fails is answered as such. */
  async handle(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
    const reply = await this.#reply(event);
    this.#options.onAnswered({ route: event.routeKey, status: reply.status });
    return respond(reply, event.headers['accept-encoding']);
  }

  async #reply(event: APIGatewayProxyEventV2): Promise<Reply> {
    try {
      if (!this.#options.isFromFront(event.headers))
        throw new PassedBy('this API is asked under the dashboard’s address');
      if ((event.body?.length ?? 0) > LARGEST_BODY) throw new TooLarge('a request to this API has no body');
      if (event.routeKey === OPENAPI_ROUTE) return { status: 200, body: this.#document, headers: DOCUMENT };
      return { ...(await this.#answer(event)), headers: DATA };
    } catch (error) {
      const { status, problem, headers } = problemOf(error, event.requestContext.requestId);
      if (status >= 500) this.#options.onFailed(event.routeKey, error);
      return { status, body: problem, headers: { ...DATA, ...headers } };
    }
  }

  async #answer(event: APIGatewayProxyEventV2): Promise<Pick<Reply, 'status' | 'body'>> {
    const name = NAMES.get(event.routeKey);
    if (name === undefined) throw notFound(event);
    // Which parameters belong to which route is lost when it is looked up by its name; reading them makes sure of it.
    const answer = this.#options.answerers[name] as (parameters: unknown) => Promise<object>;
    return { status: SUCCESSES[methodOf(name)], body: await answer(readRequest<typeof name>(ROUTES[name], event)) };
  }
}

function readRequest<Name extends RouteName>(route: Route, event: APIGatewayProxyEventV2): Parameters<Name> {
  const path = readParameters(route.pathParameters, event.pathParameters ?? {});
  const query = readParameters(route.query, event.queryStringParameters ?? {});
  if (path.ok && query.ok) return { path: path.value, query: query.value } as Parameters<Name>;
  throw new WrongParameters({ ...(!path.ok && path.faults), ...(!query.ok && query.faults) });
}

/** What comes here has no route of its own: its path is of another, or its method. */
function notFound({ rawPath, requestContext: { http } }: APIGatewayProxyEventV2): Error {
  const known = PATTERNS.find(({ pattern }) => pattern.test(rawPath));
  if (known === undefined) return new NotThere(`there is no such path; ${OPENAPI_PATH} tells which there are`);
  return new WrongMethod(known.method, http.method);
}
