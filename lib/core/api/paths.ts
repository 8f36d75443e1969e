/** Where each route of the API is; apart from their schemas, so that the dashboard need not load these. */
export const PATHS = {
  transactions: '/api/transactions',
  anomalies: '/api/anomalies',
  stats: '/api/stats',
  user: '/api/users/{id}',
  flaggedPurchases: '/api/flagged-purchases',
  flaggedPurchase: '/api/networks/{network}/flagged-purchases/{version}/{index}',
  networks: '/api/networks',
  neighbourhood: '/api/networks/{network}/users/{id}',
  clients: '/api/clients',
  client: '/api/clients/{client_id}',
  liveTicket: '/api/live-tickets',
} as const satisfies Readonly<Record<string, `/api/${string}`>>;

type Name = keyof typeof PATHS;

const POSTED: ReadonlySet<Name> = new Set(['liveTicket']);

/** How a route is asked: by GET, but for what is made by being asked for. */
export function methodOf(name: Name): 'GET' | 'POST' {
  return POSTED.has(name) ? 'POST' : 'GET';
}

const NAMES = Object.keys(PATHS) as readonly Name[];

/** What the OpenAPI document is served as. */
export const OPENAPI_PATH = '/api/openapi.json';

/** A route, as API Gateway names it: `GET /api/users/{id}`. */
export function routeKeyOf(name: Name): `${'GET' | 'POST'} ${(typeof PATHS)[Name]}` {
  return `${methodOf(name)} ${PATHS[name]}`;
}

/** All that is answered. */
export const ROUTE_KEYS = [...NAMES.map(routeKeyOf), `GET ${OPENAPI_PATH}` as const];
