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
} as const satisfies Readonly<Record<string, `/api/${string}`>>;

/** What the OpenAPI document is served as. */
export const OPENAPI_PATH = '/api/openapi.json';
