import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { allAnswerers } from '../../../functions/api/all-answerers.ts';
import { Api } from '../../../functions/api/api.ts';
import type { ApiStores } from '../../../lib/adapters/connect-api.ts';
import type { ClientAnswer, SeriesPointAnswer } from '../../../lib/core/api/clients.ts';
import type { ExplainedPurchaseAnswer, FlaggedPurchaseAnswer } from '../../../lib/core/api/flagged-purchases.ts';
import type { Problem } from '../../../lib/core/api/openapi.ts';
import { ROUTE_KEYS } from '../../../lib/core/api/paths.ts';
import type { StatsAnswer } from '../../../lib/core/api/stats.ts';
import type { StoredTransactionAnswer } from '../../../lib/core/api/transactions.ts';
import { HttpRoutes } from '../../../lib/local/gateway/http-routes.ts';

/** Of any list: what a test looks at has to be there. */
export type Item = StoredTransactionAnswer & FlaggedPurchaseAnswer & ClientAnswer & SeriesPointAnswer;

/** Of any route, likewise. */
interface Body extends Problem, ExplainedPurchaseAnswer, Omit<StatsAnswer, 'network'> {
  readonly items: readonly Item[];
  readonly cursor?: string;
  readonly paths: Readonly<Record<string, Readonly<Record<'get' | 'post', DocumentedRoute>>>>;
  readonly ticket: string;
}

interface DocumentedRoute {
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: object;
}

interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Body;
}

interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestBody?: string;
}

export interface TestedApi {
  readonly ask: (path: string, options?: AskOptions) => Promise<Asked>;
  /** What the function's log would have of each answer, and of each failure. */
  readonly answered: { readonly route: string; readonly status: number }[];
  readonly failures: unknown[];
}

/** As the stack has them. */
const KEYS = [...ROUTE_KEYS, '$default'];
const ROUTES = new HttpRoutes({ routes: Object.fromEntries(KEYS.map((key) => [key, 'api'])) });

/** The API over some stores, asked as API Gateway asks it. */
export function openApi(stores: ApiStores, now: () => number): TestedApi {
  const answered: TestedApi['answered'] = [];
  const failures: unknown[] = [];
  const api = new Api({
    answerers: allAnswerers({ ...stores, now }),
    version: '1.2.3',
    isFromFront: () => true,
    onAnswered: (one) => answered.push(one),
    onFailed: (_, error) => failures.push(error),
  });
  const ask = async (path: string, options: AskOptions = {}): Promise<Asked> => {
    const {
      statusCode = 0,
      headers = {},
      body = '',
      isBase64Encoded = false,
    } = await api.handle(eventOf(path, options));
    const text = isBase64Encoded ? gunzipSync(Buffer.from(body, 'base64')).toString() : body;
    return { status: statusCode, headers, body: JSON.parse(text) as Body };
  };
  return { ask, answered, failures };
}

function eventOf(address: string, { method = 'GET', headers = {}, requestBody }: AskOptions): APIGatewayProxyEventV2 {
  const [rawPath = '', rawQueryString = ''] = address.split('?');
  const route = ROUTES.find(method, rawPath);
  const query = Object.fromEntries(new URLSearchParams(rawQueryString));
  const event = {
    version: '2.0',
    routeKey: route?.key ?? '',
    rawPath,
    rawQueryString,
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(route?.parameters ?? {}).length > 0 && { pathParameters: route?.parameters }),
    requestContext: { requestId: 'request-1', http: { method, path: rawPath } },
    ...(requestBody !== undefined && { body: requestBody }),
    isBase64Encoded: false,
  };
  return event as unknown as APIGatewayProxyEventV2;
}

/** All items of a list, page by page; `between` is called after each page. */
export async function pagesOf(api: TestedApi, path: string, between = async (): Promise<unknown> => undefined) {
  const pages: (readonly Item[])[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const address: string = cursor === '' ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`;
    const { status, body } = await api.ask(address);
    if (status !== 200) throw new Error(`${address}: ${status} ${JSON.stringify(body)}`);
    pages.push(body.items);
    cursor = body.cursor;
    await between();
  }
  return pages;
}
